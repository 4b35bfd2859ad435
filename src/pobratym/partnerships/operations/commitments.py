"""Promised, done, measured: commitments, progress notes, values."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.audit import operations as audit
from pobratym.organisations.visibility import refuse_wider
from pobratym.partnerships.keeping import DateRefused, locked, refuse_future
from pobratym.partnerships.models import Commitment, Partnership, Party, ProgressNote, Value
from pobratym.vocabulary.choices import Direction, EngagementGroup, Origin, Proof, Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal


class CommitmentRefused(Refusal):
    """A commitment that does not say what, by whom or for whom."""


class ValueRefused(Refusal):
    """A figure without unit, period or evidence."""


@transaction.atomic
def add_commitment(
    *,
    partnership: Partnership,
    direction: str,
    text_uk: str,
    text_en: str = "",
    party: Party | None = None,
    due_on: dt.date | None = None,
    groups: Sequence[str] = (),
    for_whom_uk: str = "",
    for_whom_en: str = "",
    target: Decimal | None = None,
    target_unit_uk: str = "",
    target_unit_en: str = "",
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> Commitment:
    """Promise something in a direction; engagement names its groups and for whom it is of use."""
    refuse_wider(visibility, by)
    partnership = locked(partnership)
    commitment = Commitment(
        partnership=partnership, direction=direction, text_uk=text_uk.strip(), text_en=text_en.strip(), party=party,
        due_on=due_on, groups=list(groups), for_whom_uk=for_whom_uk.strip(), for_whom_en=for_whom_en.strip(),
        target=target, target_unit_uk=target_unit_uk.strip(), target_unit_en=target_unit_en.strip(),
        origin=origin, visibility=visibility,
    )  # fmt: skip
    _refuse_commitment(commitment)
    commitment.save()
    audit.record(
        verb="partnerships.commitment.added", by=by, subject=partnership, at=at,
        direction=direction, commitment=commitment.pk,
    )  # fmt: skip
    return commitment


@transaction.atomic
def change_commitment(
    *,
    commitment: Commitment,
    version: int,
    text_uk: str,
    text_en: str = "",
    party: Party | None = None,
    due_on: dt.date | None = None,
    groups: Sequence[str] = (),
    for_whom_uk: str = "",
    for_whom_en: str = "",
    target: Decimal | None = None,
    target_unit_uk: str = "",
    target_unit_en: str = "",
    by: User | None,
    at: dt.datetime,
) -> Commitment:
    """Change a commitment that has not been fulfilled; a stale form raises ChangedMeanwhile."""
    partnership = locked(commitment.partnership)
    commitment = _current(commitment, version)
    commitment.text_uk, commitment.text_en = text_uk.strip(), text_en.strip()
    commitment.party, commitment.due_on, commitment.groups = party, due_on, list(groups)
    commitment.for_whom_uk, commitment.for_whom_en = for_whom_uk.strip(), for_whom_en.strip()
    commitment.target, commitment.target_unit_uk = target, target_unit_uk.strip()
    commitment.target_unit_en = target_unit_en.strip()
    _refuse_commitment(commitment)
    commitment.version += 1
    commitment.save()
    _record("partnerships.commitment.changed", partnership, commitment, by, at)
    return commitment


@transaction.atomic
def note_progress(
    *,
    commitment: Commitment,
    noted_on: dt.date,
    text_uk: str,
    text_en: str = "",
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> ProgressNote:
    """Tell what was done, on a day."""
    refuse_wider(visibility, by)
    partnership = locked(commitment.partnership)
    refuse_future(noted_on, at, "noted_on")
    if not text_uk.strip():
        raise CommitmentRefused(_("Write what was done."), field="text_uk")
    note = ProgressNote.objects.create(
        commitment=commitment, noted_on=noted_on, text_uk=text_uk.strip(), text_en=text_en.strip(),
        origin=origin, visibility=visibility,
    )  # fmt: skip
    _record("partnerships.progress.noted", partnership, commitment, by, at)
    return note


@transaction.atomic
def record_value(
    *,
    commitment: Commitment,
    amount: Decimal,
    unit_uk: str,
    unit_en: str = "",
    period_from: dt.date,
    period_to: dt.date,
    proof: str = Proof.DECLARED,
    margin: Decimal | None = None,
    evidence: str = "",
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: User | None,
    at: dt.datetime,
) -> Value:
    """Record a figure with unit, half-open period (`period_to` is the day after the last) and level of proof."""
    refuse_wider(visibility, by)
    partnership = locked(commitment.partnership)
    if not unit_uk.strip():
        raise ValueRefused(_("Name the unit: a number without it says nothing."), field="unit_uk")
    if margin is not None and margin < 0:
        raise ValueRefused(_("The margin is a number of zero or more."), field="margin")
    if proof != Proof.DECLARED and not evidence.strip():
        raise ValueRefused(_("A proven value names its evidence: the act, the report, the register."), field="evidence")
    if period_to <= period_from:
        raise DateRefused(_("The period must end after it begins: check the two dates."), field="period_to")
    if period_to > timezone.localdate(at) + dt.timedelta(days=1):
        raise DateRefused(_("The period is not over yet: record the value when it is."), field="period_to")
    value = Value.objects.create(
        commitment=commitment, amount=amount, margin=margin, unit_uk=unit_uk.strip(), unit_en=unit_en.strip(),
        period_from=period_from, period_to=period_to, proof=proof, evidence=evidence.strip(),
        origin=origin, visibility=visibility, recorded_at=at,
    )  # fmt: skip
    _record("partnerships.value.recorded", partnership, commitment, by, at)
    return value


@transaction.atomic
def mark_done(
    *, commitment: Commitment, done_on: dt.date, version: int, by: User | None, at: dt.datetime
) -> Commitment:
    """A commitment is fulfilled on a day."""
    partnership = locked(commitment.partnership)
    commitment = _current(commitment, version)
    refuse_future(done_on, at, "done_on")
    commitment.done_on = done_on
    commitment.version += 1
    commitment.save(update_fields=["done_on", "version"])
    _record("partnerships.commitment.done", partnership, commitment, by, at)
    return commitment


def _current(commitment: Commitment, version: int) -> Commitment:
    """The commitment as it is now, if the form saw it so."""
    current = Commitment.objects.get(pk=commitment.pk)
    if current.version != version:
        raise ChangedMeanwhile
    if current.done_on is not None:
        raise CommitmentRefused(_("This commitment is fulfilled: add a new one for what comes next."))
    return current


def _refuse_commitment(commitment: Commitment) -> None:
    if commitment.direction not in Direction.values:
        raise CommitmentRefused(_("Choose one of the six directions."), field="direction")
    if not commitment.text_uk:
        raise CommitmentRefused(_("Write what is promised."), field="text_uk")
    if commitment.party is not None and commitment.party.partnership_id != commitment.partnership_id:
        raise CommitmentRefused(_("Choose a party of this partnership."), field="party")
    if set(commitment.groups) - set(EngagementGroup.values):
        raise CommitmentRefused(_("Choose among the five groups."), field="groups")
    if commitment.direction == Direction.ENGAGEMENT:
        if not commitment.groups:
            raise CommitmentRefused(_("Choose which of the five groups are engaged."), field="groups")
        if not commitment.for_whom_uk:
            raise CommitmentRefused(
                _("Engagement is socially oriented: say for whom it is of use."), field="for_whom_uk"
            )
    if commitment.target is not None and not commitment.target_unit_uk:
        raise CommitmentRefused(_("Name the target’s unit."), field="target_unit_uk")


def _record(verb: str, partnership: Partnership, commitment: Commitment, by: User | None, at: dt.datetime) -> None:
    audit.record(verb=verb, by=by, subject=partnership, at=at, direction=commitment.direction, commitment=commitment.pk)
