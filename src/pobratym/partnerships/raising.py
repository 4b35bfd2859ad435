"""What can be shown to more people after a second person agreed: partnerships, promises, and what came of them."""

from typing import Any

from django.db.models import QuerySet

from pobratym.accounts import second
from pobratym.accounts.choices import Role
from pobratym.accounts.rules import speaks_for
from pobratym.agreements.models import CouncilDecision
from pobratym.agreements.operations import show_paper
from pobratym.partnerships import operations
from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Value
from pobratym.partnerships.rules import answers_for_a_party, answers_for_commitment


def show_partnership(partnership: Partnership, **change: Any) -> None:
    """Write the partnership's visibility."""
    operations.show_partnership(partnership=partnership, **change)


def show_commitment(commitment: Commitment, **change: Any) -> None:
    """Write the commitment's visibility."""
    operations.show_commitment(commitment=commitment, **change)


def show_result(record: ProgressNote | Value, **change: Any) -> None:
    """Write a note's or a value's visibility."""
    operations.show_result(record=record, **change)


def answers_for_result(user: object, record: ProgressNote | Value) -> bool:
    """A coordinator or signatory of a party of the partnership in which it was promised."""
    return bool(answers_for_commitment(user, record.commitment))


def show_decision(decision: CouncilDecision, **change: Any) -> None:
    """Write the visibility of a council's decision."""
    show_paper(record=decision, **change)


def answers_for_decision(user: object, decision: CouncilDecision) -> bool:
    """A coordinator or signatory of the body that decided, or of a party of the partnership that rests on it."""
    return speaks_for(user, decision.body_id, Role.COORDINATOR, Role.SIGNATORY) or any(
        answers_for_a_party(user, partnership) for partnership in decision.partnerships.all()
    )


def _decisions() -> QuerySet[CouncilDecision]:
    return CouncilDecision.objects.prefetch_related("partnerships__parties")


def _partnerships() -> QuerySet[Partnership]:
    return Partnership.objects.with_parties()


def _commitments() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("partnership").prefetch_related("partnership__parties")


def _notes() -> QuerySet[ProgressNote]:
    return ProgressNote.objects.select_related("commitment__partnership").prefetch_related(
        "commitment__partnership__parties"
    )


def _values() -> QuerySet[Value]:
    return Value.objects.select_related("commitment__partnership").prefetch_related("commitment__partnership__parties")


second.register("partnerships.partnership", apply=show_partnership, may_answer=answers_for_a_party, rows=_partnerships)
second.register("partnerships.commitment", apply=show_commitment, may_answer=answers_for_commitment, rows=_commitments)
second.register("partnerships.progressnote", apply=show_result, may_answer=answers_for_result, rows=_notes)
second.register("partnerships.value", apply=show_result, may_answer=answers_for_result, rows=_values)
second.register("agreements.councildecision", apply=show_decision, may_answer=answers_for_decision, rows=_decisions)
