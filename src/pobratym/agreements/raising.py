"""A paper can be shown to more people after a second person agreed; decisions are raised with their partnership."""

from typing import Any

from pobratym.accounts import second
from pobratym.agreements import operations
from pobratym.agreements.models import Agreement, AgreementQuerySet
from pobratym.agreements.rules import is_of_a_party


def show_agreement(agreement: Agreement, **change: Any) -> None:
    """Write the paper's visibility."""
    operations.show_paper(record=agreement, **change)


def _papers() -> AgreementQuerySet:
    return Agreement.objects.with_parties()


second.register("agreements.agreement", apply=show_agreement, may_answer=is_of_a_party, rows=_papers)
