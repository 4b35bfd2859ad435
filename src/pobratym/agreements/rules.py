"""Who may read, word and sign papers."""

import rules

from pobratym.accounts.rules import is_moderator
from pobratym.agreements.models import Agreement
from pobratym.organisations.visibility import circle_of


@rules.predicate
def is_of_a_party(user: object, agreement: Agreement | None) -> bool:
    """A coordinator or signatory of a party that still takes part."""
    if agreement is None:
        return False
    present = {party.body_id for party in agreement.parties.all() if party.is_present}
    return bool(circle_of(user).trusted & present)


# Reading is a matter of the query: who finds the paper may read it.
rules.add_perm("agreements.read", rules.always_true)
rules.add_perm("agreements.see_history", is_of_a_party | is_moderator)
rules.add_perm("agreements.word", is_of_a_party)
