"""Who sees a partnership and what belongs to it; showing it to more people needs a second person."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from pobratym.accounts.models import SecondPerson, User
from pobratym.accounts.operations import ask_second
from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.audit import operations as audit
from pobratym.organisations.visibility import raises
from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Value
from pobratym.vocabulary.choices import Visibility

Showable = Partnership | Commitment | ProgressNote | Value | Agreement | CouncilDecision

# From the widest to the narrowest circle; what is restricted is never shown along with something else.
_WIDENING = (Visibility.PARTNERS, Visibility.TEAM)


@transaction.atomic
def ask_to_show(*, record: Showable, by: User, at: dt.datetime) -> SecondPerson:
    """Ask a second person to agree that everyone sees the record.

    A partnership is shown with what belongs to it, a commitment with its notes and values; what is entered later is
    shown one by one.
    """
    with override("uk"):
        title = record.name if isinstance(record, Partnership) else str(record)
    return ask_second(subject=record, title=title, raise_to=Visibility.PUBLIC, by=by, at=at)


@transaction.atomic
def show_result(*, record: ProgressNote | Value, visibility: str, by: User | None, at: dt.datetime) -> None:
    """Write another visibility of a note or a value."""
    record = type(record).objects.select_for_update(of=("self",)).select_related("commitment").get(pk=record.pk)
    before = record.visibility
    if before == visibility:
        return
    record.visibility = visibility
    record.save(update_fields=["visibility"])
    partnership = Partnership.objects.get(pk=record.commitment.partnership_id)
    noun = "progress" if isinstance(record, ProgressNote) else "value"
    audit.record(
        verb=f"partnerships.{noun}.shown", by=by, subject=partnership, at=at, before=before, after=visibility,
        direction=record.commitment.direction,
    )  # fmt: skip


@transaction.atomic
def show_partnership(*, partnership: Partnership, visibility: str, by: User | None, at: dt.datetime) -> Partnership:
    """Write another visibility, and show along its papers, decisions, commitments, notes and values.

    Lowering needs nobody and touches the partnership alone; raising is called by what a second person confirmed.
    """
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    before = partnership.visibility
    if before == visibility:
        return partnership
    partnership.visibility = visibility
    partnership.version += 1
    partnership.save(update_fields=["visibility", "version"])
    if raises(before, visibility):
        _show_along(Agreement.objects.filter(partnerships=partnership), visibility)
        _show_along(CouncilDecision.objects.filter(partnerships=partnership), visibility)
        _show_commitments(partnership.commitments.all(), visibility)
    verb = "raised" if raises(before, visibility) else "lowered"
    audit.record(
        verb=f"partnerships.partnership.{verb}", by=by, subject=partnership, at=at, before=before, after=visibility
    )
    return partnership


@transaction.atomic
def show_commitment(*, commitment: Commitment, visibility: str, by: User | None, at: dt.datetime) -> Commitment:
    """Write another visibility of a commitment, and show its notes and values along."""
    commitment = Commitment.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=commitment.pk)
    before = commitment.visibility
    if before == visibility:
        return commitment
    commitment.visibility = visibility
    commitment.version += 1
    commitment.save(update_fields=["visibility", "version"])
    if raises(before, visibility):
        _show_commitments(Commitment.objects.filter(pk=commitment.pk), visibility)
    verb = "raised" if raises(before, visibility) else "lowered"
    audit.record(
        verb=f"partnerships.commitment.{verb}",
        by=by,
        subject=commitment.partnership,
        at=at,
        before=before,
        after=visibility,
        direction=commitment.direction,
        commitment=commitment.pk,
    )
    return commitment


def _show_commitments(commitments: QuerySet[Commitment], visibility: str) -> None:
    keys = list(commitments.exclude(visibility=Visibility.RESTRICTED).values_list("pk", flat=True))
    _show_along(Commitment.objects.filter(pk__in=keys), visibility)
    _show_along(ProgressNote.objects.filter(commitment__in=keys), visibility)
    _show_along(Value.objects.filter(commitment__in=keys), visibility)


def _show_along(
    records: QuerySet[Agreement]
    | QuerySet[CouncilDecision]
    | QuerySet[Commitment]
    | QuerySet[ProgressNote]
    | QuerySet[Value],
    visibility: str,
) -> None:
    narrower = [before for before in _WIDENING if raises(before, visibility)]
    records.filter(visibility__in=narrower).update(visibility=visibility)
