"""What a reader gets of when and where something happens: whole, or for a territory at risk only the month.

The territories are those the item is about and those of its partnership's parties. Who works on the item, and people
of these bodies, get all of it. The title and the text are the writer's own words: the editor's checklist asks for them.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from pobratym.accounts.models import User
from pobratym.newsroom.models import Happening, Publication
from pobratym.organisations.details import Details, details_for
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, with what a page asks for all its items at once."""

    details: Details
    user: object
    # The units of the reader's own bodies.
    units: frozenset[str]
    edits_all: bool


def reader_of(user: object, on: dt.date) -> Reader:
    """The reader of a page on the day; three queries at most."""
    mine = circle_of(user)
    units = Body.objects.filter(pk__in=mine.bodies).exclude(unit=None).values_list("unit_id", flat=True)
    return Reader(details_for(user, on), user, frozenset(units) if mine.bodies else frozenset(), mine.is_editor)


def is_coarse(publication: Publication, reader: Reader) -> bool:
    """Whether only the month of the item's happening is shown, and no place; fetch by `for_cards` or `for_page`."""
    if publication.event is None or reader.edits_all:
        return False
    if isinstance(reader.user, User) and publication.written_by_id == reader.user.pk:
        return False
    parties = publication.partnership.parties.all() if publication.partnership else ()
    insiders = {party.body_id for party in parties}
    units = [*publication.hromadas.all(), *publication.oblasts.all()]
    if not reader.units.isdisjoint(unit.pk for unit in units):
        return False
    units += [party.body.unit for party in parties if party.body.unit is not None]
    return any(reader.details.hidden_at(unit, insiders) for unit in units)


def coming(found: Iterable[Publication], reader: Reader, on: dt.date) -> list[Publication]:
    """The items whose happening is still ahead, the nearest first.

    One of which only the month is shown stands behind the others of its month and stays till the month is over: its
    coming and going must not tell the day.
    """
    shown = []
    for publication in found:
        happening = publication.event
        if happening is None:
            continue
        coarse = is_coarse(publication, reader)
        first, last = _days(happening)
        if coarse:
            first = last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        if last >= on:
            moment = timezone.make_aware(dt.datetime.combine(first, dt.time.max)) if coarse else happening.starts_at
            shown.append((moment, publication.pk, publication))
    return [publication for _moment, _pk, publication in sorted(shown, key=lambda row: row[:2])]


def _days(happening: Happening) -> tuple[dt.date, dt.date]:
    first = timezone.localdate(happening.starts_at)
    return first, timezone.localdate(happening.ends_at) if happening.ends_at else first
