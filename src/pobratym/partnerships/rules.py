"""Who may propose, answer, edit, sign and moderate.

Predicates walk rows that the page has fetched (`with_parties`), so that a permission costs no query.
"""

import rules

from pobratym.accounts.choices import Role
from pobratym.accounts.rules import coordinates_any, is_moderator, speaks_for
from pobratym.partnerships.models import Answer, Commitment, Partnership, Party


@rules.predicate
def answers_for_party(user: object, party: Party | None) -> bool:
    """A coordinator or signatory of the party's body."""
    return party is not None and speaks_for(user, party.body_id, Role.COORDINATOR, Role.SIGNATORY)


@rules.predicate
def coordinates_a_party(user: object, partnership: Partnership | None) -> bool:
    """A coordinator of a body that still takes part."""
    return partnership is not None and any(
        speaks_for(user, party.body_id, Role.COORDINATOR) for party in partnership.present
    )


@rules.predicate
def signs_for_a_party(user: object, partnership: Partnership | None) -> bool:
    """A signatory of a body that still takes part."""
    return partnership is not None and any(
        speaks_for(user, party.body_id, Role.SIGNATORY) for party in partnership.present
    )


@rules.predicate
def answers_for_a_party(user: object, partnership: Partnership | None) -> bool:
    """A coordinator or signatory of a body that still takes part."""
    return partnership is not None and any(
        speaks_for(user, party.body_id, Role.COORDINATOR, Role.SIGNATORY) for party in partnership.present
    )


@rules.predicate
def answers_for_commitment(user: object, commitment: Commitment | None) -> bool:
    """A coordinator or signatory of a party of the commitment's partnership."""
    return commitment is not None and bool(answers_for_a_party(user, commitment.partnership))


@rules.predicate
def coordinates_another_party(user: object, party: Party | None) -> bool:
    """A coordinator of another present party: who records a letter never records the own answer so."""
    return party is not None and any(
        speaks_for(user, other.body_id, Role.COORDINATOR) for other in party.partnership.present if other.pk != party.pk
    )


@rules.predicate
def coordinates_of_commitment(user: object, commitment: Commitment | None) -> bool:
    """A coordinator of a party of the commitment's partnership."""
    return commitment is not None and bool(coordinates_a_party(user, commitment.partnership))


@rules.predicate
def coordinates_for_answer(user: object, answer: Answer | None) -> bool:
    """A coordinator of another party than the one that asks."""
    return answer is not None and bool(coordinates_another_party(user, answer.party))


# Reading is a matter of the query: who finds the record may read it.
rules.add_perm("partnerships.read", rules.always_true)
rules.add_perm("partnerships.see_history", answers_for_a_party | is_moderator)
rules.add_perm("partnerships.propose", coordinates_any)
rules.add_perm("partnerships.answer", answers_for_party)
rules.add_perm("partnerships.record_letter", coordinates_another_party)
rules.add_perm("partnerships.edit", coordinates_a_party)
rules.add_perm("partnerships.sign", signs_for_a_party)
rules.add_perm("partnerships.measure", coordinates_of_commitment)
rules.add_perm("partnerships.respond", coordinates_for_answer)
rules.add_perm("partnerships.moderate", is_moderator)
