"""What operations on partnerships share: the lock, the refusals, names for the trail."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.organisations.models import Body
from pobratym.partnerships.models import Partnership, Party
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal


class PartnershipEnded(Refusal):
    """Nothing leads out of an ended partnership."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This partnership has ended. Propose a new one to the same parties."))


class PartnershipSuspended(Refusal):
    """A suspended partnership stays where it is."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This partnership is suspended. Resume it first."))


class DateRefused(Refusal):
    """A day that cannot be."""


class PartyRefused(Refusal):
    """A party that cannot be taken in, or that cannot do this."""


def locked(partnership: Partnership, *, version: int | None = None) -> Partnership:
    """Read again under a lock and refuse an ended one; another party may have acted meanwhile.

    With `version`, the page was written against that version: an older one is refused.
    """
    partnership = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if partnership.ended_on is not None:
        raise PartnershipEnded
    if version is not None and version != partnership.version:
        raise ChangedMeanwhile
    return partnership


def refuse_suspended(partnership: Partnership, at: dt.datetime) -> None:
    """No stage is reached and no paper signed while it rests."""
    if partnership.is_suspended(timezone.localdate(at)):
        raise PartnershipSuspended


def refuse_future(day: dt.date, at: dt.datetime, field: str) -> None:
    """What happened has happened."""
    if day > timezone.localdate(at):
        raise DateRefused(
            _("This date is in the future: record what has happened on the day it happens, or later."), field=field
        )


def fresh(party: Party) -> Party:
    """The party as it is now, under the partnership's lock."""
    return Party.objects.select_related("body", "partnership").get(pk=party.pk)


def save_changed(partnership: Partnership, *fields: str) -> None:
    """Save and count a version, so that forms written before are seen to be stale."""
    partnership.version += 1
    partnership.save(update_fields=[*fields, "version"])


def named(body: Body) -> dict[str, str]:
    """The party's name for an entry, in both languages."""
    return {"party_uk": body.short_name_uk, "party_en": body.short_name_en}
