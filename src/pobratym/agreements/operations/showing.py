"""Who sees a paper or a decision by itself; with their partnership they are shown by it."""

import datetime as dt

from django.db import transaction

from pobratym.accounts.models import User
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.audit import operations as audit
from pobratym.organisations.visibility import raises


@transaction.atomic
def show_paper(*, record: Agreement | CouncilDecision, visibility: str, by: User | None, at: dt.datetime) -> None:
    """Write another visibility. Lowering needs nobody; raising is called only by what a second person confirmed."""
    record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    before = record.visibility
    if before == visibility:
        return
    record.visibility = visibility
    record.save(update_fields=["visibility"])
    noun = "agreement" if isinstance(record, Agreement) else "decision"
    verb = "raised" if raises(before, visibility) else "lowered"
    audit.record(verb=f"agreements.{noun}.{verb}", by=by, subject=record, at=at, before=before, after=visibility)
