"""Finding units: by name, by what they belong to, by distance; and their status on a day."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from hromadkit.places import distance_km, search_key
from pobratym.territory.choices import AT_RISK, COMMUNITIES, Kind
from pobratym.territory.models import CommunityAbroad, TerritoryStatus, Unit, UnitQuerySet

SUGGESTIONS = 10
# One letter matches a third of the country.
SHORTEST = 2
LONGEST = 60

# Words people write around a name, and the kinds they point to.
_HEADS: dict[str, tuple[Kind, ...]] = {
    **dict.fromkeys(("область", "обл", "обл.", "oblast", "region"), (Kind.OBLAST,)),
    **dict.fromkeys(("район", "р-н", "raion"), (Kind.RAION, Kind.DISTRICT)),
    **dict.fromkeys(("громада", "тг", "отг", "hromada", "community"), COMMUNITIES),
    **dict.fromkeys(("місто", "м.", "city"), (Kind.CITY, *COMMUNITIES)),
    **dict.fromkeys(("селище", "смт"), (Kind.SETTLEMENT, Kind.HROMADA)),
    **dict.fromkeys(("село", "с.", "village"), (Kind.VILLAGE, Kind.HROMADA)),
    **dict.fromkeys(
        ("територіальна", "міська", "селищна", "сільська", "рада", "territorial", "urban", "rural", "of"), ()
    ),
}


def units_for_page(_user: object = None) -> UnitQuerySet:
    """Units as a page of one shows them; the codifier is public."""
    return Unit.objects.with_parents()


def search_places(text: str, kinds: Collection[str] | None = None, limit: int = SUGGESTIONS) -> list[Unit]:
    """Units by a part of a present or former name or its Latin letters: exact first, then beginnings, the larger first.

    “Калуська громада” and “Калуш” both find the hromada. Each has its parents for `description`.
    """
    for key, wanted in _readings(text, kinds):
        found = list(_ranked(key, wanted)[:limit])
        if found:
            return found
    return []


def places_named(text: str, kinds: Collection[str] | None = None) -> list[Unit]:
    """Units of exactly this name, present or former, in either script."""
    for key, wanted in _readings(text, kinds):
        found = list(_ranked(key, wanted).filter(keys__contains=f"|{key}|"))
        if found:
            return found
    return []


def _readings(text: str, kinds: Collection[str] | None) -> Iterable[tuple[str, Collection[str] | None]]:
    """The text without its head words, which narrow the kinds, and then as it stands."""
    key = search_key(text[:LONGEST].replace("|", " ").replace(",", " "))
    words = key.split(" ")
    named = " ".join(word for word in words if word not in _HEADS)
    pointed = {kind for word in words for kind in _HEADS.get(word, ())}
    if pointed and kinds is not None:
        pointed &= set(kinds)
    if len(named) >= SHORTEST and named != key:
        yield named, pointed or kinds
    if len(key) >= SHORTEST:
        yield key, kinds


def _ranked(key: str, kinds: Collection[str] | None) -> UnitQuerySet:
    found = Unit.objects.filter(keys__contains=key)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    exact, begins = Q(keys__contains=f"|{key}|"), Q(keys__contains=f"|{key}")
    rank = Case(When(exact, then=Value(0)), When(begins, then=Value(1)), default=Value(2), output_field=IntegerField())
    return found.alias(rank=rank).order_by("rank", "-weight", "sort_key", "code").with_parents()


def regions() -> UnitQuerySet:
    """Oblasts, Crimea, Kyiv and Sevastopol in the order of the alphabet."""
    return Unit.objects.regions().in_order()


def raions_of(oblast: Unit) -> UnitQuerySet:
    """The raions of an oblast."""
    return Unit.objects.filter(kind=Kind.RAION, oblast=oblast).in_order()


def hromadas_of(unit: Unit) -> UnitQuerySet:
    """The communities of an oblast or raion; a special city is its own."""
    if unit.is_community:
        return Unit.objects.filter(pk=unit.pk)
    return Unit.objects.communities().within(unit).select_related("raion").in_order()


def settlements_of(hromada: Unit) -> UnitQuerySet:
    """Cities, settlements and villages of a hromada, or districts of a special city."""
    return Unit.objects.filter(hromada=hromada).in_order()


def nearest(
    unit: Unit | CommunityAbroad, kinds: Collection[str] = COMMUNITIES, limit: int = SUGGESTIONS
) -> list[tuple[Unit, float]]:
    """The nearest units with their distance in kilometres; none where the unit's own place is unknown."""
    if unit.point is None:
        return []
    points = Unit.objects.filter(kind__in=kinds, lat__isnull=False).values_list("code", "lat", "lon")
    far = sorted((distance_km(unit.point, (lat or 0, lon or 0)), code) for code, lat, lon in points if code != unit.pk)
    near = {code: kilometres for kilometres, code in far[:limit]}
    found = Unit.objects.with_parents().in_bulk(list(near))
    return [(found[code], kilometres) for code, kilometres in near.items()]


def status(unit: Unit, on: dt.date) -> TerritoryStatus | None:
    """The status in force on the day: the unit's own, else its hromada's, raion's, oblast's; None is unknown."""
    rows = {row.unit_id: row for row in TerritoryStatus.objects.valid_on(on).filter(unit__in=unit.lineage)}
    return next((rows[code] for code in unit.lineage if code in rows), None)


@dataclass(frozen=True, slots=True)
class Statuses:
    """The statuses of all units on a day, read by one query: a list of a hundred places asks no more than one place."""

    on: dt.date
    current: dict[str, TerritoryStatus] = field(default_factory=dict)
    # Of each unit the row that ended last.
    ended: dict[str, TerritoryStatus] = field(default_factory=dict)

    def of(self, unit: Unit) -> TerritoryStatus | None:
        """The status in force: the unit's own, else its hromada's, raion's, oblast's; None is unknown."""
        return next((self.current[code] for code in unit.lineage if code in self.current), None)

    def hides_details(self, unit: Unit) -> bool:
        """Whether contacts, exact dates and places are kept back: the status says so, or the last one known did."""
        row = self.deciding(unit)
        return row is not None and row.status in AT_RISK

    def deciding(self, unit: Unit) -> TerritoryStatus | None:
        """The status in force, else the last one known: a list that ran out says nothing of safety."""
        past = [self.ended[code] for code in unit.lineage if code in self.ended]
        return self.of(unit) or max(past, key=_last_day, default=None)


def _last_day(row: TerritoryStatus) -> tuple[dt.date, int]:
    return row.valid_to or dt.date.max, row.pk


def statuses_on(day: dt.date) -> Statuses:
    """What holds on the day, and what held last where nothing is known for it."""
    found = Statuses(day)
    for row in TerritoryStatus.objects.filter(valid_from__lte=day).order_by("valid_from", "pk"):
        rows = found.current if row.valid_to is None or row.valid_to > day else found.ended
        rows[row.unit_id] = row
    return found


def is_at_risk(unit: Unit, on: dt.date) -> bool:
    """Whether details of the unit are kept back on the day; for many units ask `statuses_on` once."""
    return statuses_on(on).hides_details(unit)


def changes_between(units: Collection[Unit], since: dt.date, on: dt.date) -> list[TerritoryStatus]:
    """What began or ended for the units, or for what they lie in, after `since` and up to the day; the newest first."""
    codes = {code for unit in units for code in unit.lineage}
    began = Q(valid_from__gt=since, valid_from__lte=on)
    ended = Q(valid_to__gt=since, valid_to__lte=on)
    rows = TerritoryStatus.objects.filter(began | ended, unit__in=codes).select_related("unit")
    return sorted(rows, key=lambda row: (row.changed_on(on), row.pk), reverse=True)


def statuses_of(unit: Unit) -> QuerySet[TerritoryStatus]:
    """All that is known of the unit and those above it, the latest first."""
    return TerritoryStatus.objects.filter(unit__in=unit.lineage).select_related("unit").order_by("-valid_from", "unit")
