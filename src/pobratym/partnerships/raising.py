"""Partnerships and commitments can be shown to more people after a second person agreed."""

from typing import Any

from django.db.models import QuerySet

from pobratym.accounts import second
from pobratym.partnerships import operations
from pobratym.partnerships.models import Commitment, Partnership
from pobratym.partnerships.rules import answers_for_a_party, answers_for_commitment


def show_partnership(partnership: Partnership, **change: Any) -> None:
    """Write the partnership's visibility."""
    operations.show_partnership(partnership=partnership, **change)


def show_commitment(commitment: Commitment, **change: Any) -> None:
    """Write the commitment's visibility."""
    operations.show_commitment(commitment=commitment, **change)


def _partnerships() -> QuerySet[Partnership]:
    return Partnership.objects.with_parties()


def _commitments() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("partnership").prefetch_related("partnership__parties")


second.register("partnerships.partnership", apply=show_partnership, may_answer=answers_for_a_party, rows=_partnerships)
second.register("partnerships.commitment", apply=show_commitment, may_answer=answers_for_commitment, rows=_commitments)
