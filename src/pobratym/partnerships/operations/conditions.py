"""Leaving, suspending, resuming, ending: dated, with a reason."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.audit import operations as audit
from pobratym.partnerships.choices import PartyState
from pobratym.partnerships.departure import depart, finish
from pobratym.partnerships.keeping import DateRefused, PartyRefused, fresh, locked, named, refuse_future, save_changed
from pobratym.partnerships.models import Partnership, Party
from pobratym.vocabulary.refusals import Refusal


class ConditionRefused(Refusal):
    """Already suspended, not suspended, or without a reason."""


@transaction.atomic
def leave(*, party: Party, on: dt.date, by: User | None, at: dt.datetime) -> Party:
    """A party leaves; the others go on while they are at least two."""
    partnership = locked(party.partnership)
    party = fresh(party)
    if not party.is_present:
        raise PartyRefused(_("This party has left or refused already."))
    refuse_future(on, at, "on")
    _refuse_before(on, partnership)
    audit.record(
        verb="partnerships.party.left", by=by, subject=partnership, at=at, body=party.body,
        on=on.isoformat(), **named(party.body),
    )  # fmt: skip
    depart(partnership, party, PartyState.LEFT, on, by=by, at=at)
    return party


@transaction.atomic
def suspend(
    *,
    partnership: Partnership,
    suspended_from: dt.date,
    suspended_to: dt.date | None = None,
    reason_uk: str,
    reason_en: str = "",
    version: int | None = None,
    by: User | None,
    at: dt.datetime,
) -> Partnership:
    """Let it rest from a day on, until a day if it is known."""
    partnership = locked(partnership, version=version)
    reason = _reason(reason_uk, reason_en)
    refuse_future(suspended_from, at, "suspended_from")
    _refuse_before(suspended_from, partnership, field="suspended_from")
    if partnership.is_suspended(timezone.localdate(at)):
        raise ConditionRefused(_("It is suspended already: resume it first."))
    if suspended_to is not None and suspended_to <= suspended_from:
        raise DateRefused(_("The end of the rest must be after its beginning."), field="suspended_to")
    partnership.suspended_from, partnership.suspended_to = suspended_from, suspended_to
    partnership.condition_reason_uk, partnership.condition_reason_en = reason["reason_uk"], reason["reason_en"]
    save_changed(partnership, "suspended_from", "suspended_to", "condition_reason_uk", "condition_reason_en")
    audit.record(
        verb="partnerships.partnership.suspended", by=by, subject=partnership, at=at, on=suspended_from.isoformat()
    )
    return partnership


@transaction.atomic
def resume(
    *, partnership: Partnership, resumed_on: dt.date, version: int | None = None, by: User | None, at: dt.datetime
) -> Partnership:
    """End the rest on a day."""
    partnership = locked(partnership, version=version)
    refuse_future(resumed_on, at, "resumed_on")
    if not partnership.is_suspended(timezone.localdate(at)) or partnership.suspended_from is None:
        raise ConditionRefused(_("It is not suspended."))
    if resumed_on < partnership.suspended_from:
        raise DateRefused(_("It cannot be resumed before it was suspended."), field="resumed_on")
    # Suspended and resumed on one day: it never rested.
    rested = resumed_on > partnership.suspended_from
    partnership.suspended_to = resumed_on if rested else None
    partnership.suspended_from = partnership.suspended_from if rested else None
    partnership.condition_reason_uk = partnership.condition_reason_en = ""
    save_changed(partnership, "suspended_from", "suspended_to", "condition_reason_uk", "condition_reason_en")
    audit.record(verb="partnerships.partnership.resumed", by=by, subject=partnership, at=at, on=resumed_on.isoformat())
    return partnership


@transaction.atomic
def end(
    *,
    partnership: Partnership,
    ended_on: dt.date,
    reason_uk: str,
    reason_en: str = "",
    version: int | None = None,
    by: User | None,
    at: dt.datetime,
) -> Partnership:
    """End it on a day, with the reason; nothing leads out of it any more."""
    partnership = locked(partnership, version=version)
    reason = _reason(reason_uk, reason_en)
    refuse_future(ended_on, at, "ended_on")
    _refuse_before(ended_on, partnership, field="ended_on")
    finish(partnership, ended_on, reason, by=by, at=at)
    return partnership


def _reason(reason_uk: str, reason_en: str) -> dict[str, str]:
    if not reason_uk.strip():
        raise ConditionRefused(_("Write the reason: it is shown with the date."), field="reason_uk")
    return {"reason_uk": reason_uk.strip(), "reason_en": reason_en.strip() or reason_uk.strip()}


def _refuse_before(on: dt.date, partnership: Partnership, *, field: str = "on") -> None:
    if on < partnership.began_on:
        raise DateRefused(_("This day is before the partnership began: check the date."), field=field)
