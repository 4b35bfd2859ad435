"""Units of the codifier by their codes, former names, dated statuses, communities abroad."""

import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from hromadkit import places
from pobratym.territory.choices import COMMUNITIES, COUNCIL_TYPES, REGIONS, Council, Kind, Status, country_name
from pobratym.vocabulary.choices import Origin


class UnitQuerySet(models.QuerySet["Unit"]):
    def communities(self) -> "UnitQuerySet":
        """Hromadas, and Kyiv and Sevastopol, which have no row of that kind."""
        return self.filter(kind__in=COMMUNITIES)

    def regions(self) -> "UnitQuerySet":
        """The 27: oblasts, Crimea, Kyiv, Sevastopol."""
        return self.filter(kind__in=REGIONS)

    def within(self, unit: "Unit") -> "UnitQuerySet":
        """Units under this one."""
        return self.filter(Q(oblast=unit) | Q(raion=unit) | Q(hromada=unit))

    def with_parents(self) -> "UnitQuerySet":
        """With what a line of description needs, in the same query."""
        return self.select_related("oblast", "raion", "hromada")

    def in_order(self) -> "UnitQuerySet":
        """In the order of the Ukrainian alphabet."""
        return self.order_by("sort_key", "code")


class Unit(models.Model):
    """A unit of KATOTTG.

    `name` is the codifier's (“Калуська”), `short_name` what people say where the head word is clear (“Калуш”),
    `name_en` the latter in English (“Kalush”). `population` is the settlement's, undated: for order, not figures.
    """

    code = models.CharField(primary_key=True, max_length=19)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    oblast = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    raion = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    hromada = models.ForeignKey("self", models.PROTECT, null=True, related_name="settlements")
    centre = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    council = models.CharField(max_length=10, choices=Council, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)
    # Population of the unit or its centre: it only orders suggestions.
    weight = models.PositiveIntegerField(default=0)
    search_key = models.CharField(max_length=120, db_index=True)
    # All keys it is found by, each between bars: name, short name, Latin letters, former names.
    keys = models.TextField()
    sort_key = models.CharField(max_length=240, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("kind", "sort_key"), name="territory_unit_kind_order"),)

    def __str__(self) -> str:
        return self.everyday_name

    @property
    def everyday_name(self) -> str:
        """The name as people say it, in the present language: “Калуська територіальна громада”."""
        return places.everyday_name_en(self) if _in_english() else places.everyday_name(self)

    @property
    def official_name(self) -> str:
        """The name as papers write it: “Калуська міська територіальна громада”."""
        return places.official_name_en(self) if _in_english() else places.official_name(self)

    @property
    def spoken_name(self) -> str:
        """The name where the head word is clear, on a map or between two threads: “Калуш”."""
        return self.name_en if _in_english() else self.short_name

    @property
    def type_name(self) -> str:
        """What it is: “міська громада”, “район”, “село”."""
        return str(COUNCIL_TYPES[Council(self.council)]) if self.council else str(Kind(self.kind).label)

    @property
    def where(self) -> str:
        """What it belongs to: “Калуський район, Івано-Франківська область”."""
        above = [self.hromada if self.hromada_id != self.oblast_id else None, self.raion, self.oblast]
        return ", ".join(unit.everyday_name for unit in above if unit is not None)

    @property
    def description(self) -> str:
        """Type, raion and oblast, which tell places of one name apart."""
        return " · ".join(part for part in (self.type_name, self.where) if part)

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def is_community(self) -> bool:
        """Whether it stands wherever a hromada is asked for."""
        return self.kind in COMMUNITIES

    @property
    def region_code(self) -> str:
        """The code of the oblast or special city it lies in, its own if it is one."""
        return self.oblast_id or self.code

    @property
    def lineage(self) -> tuple[str, ...]:
        """Codes from the unit up to its oblast, nearest first."""
        return tuple(code for code in (self.code, self.hromada_id, self.raion_id, self.oblast_id) if code is not None)


def _in_english() -> bool:
    return (get_language() or "uk").startswith("en")


class FormerName(models.Model):
    """A name a unit once had; an unknown date stays empty."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    # The day of the act, and the first day on which the name no longer holds.
    renamed_on = models.DateField(null=True)
    used_until = models.DateField(null=True)
    act = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    search_key = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("unit", "name"), name="former_name_once"),)

    def __str__(self) -> str:
        return f"{self.name} → {self.unit_id}"


class StatusQuerySet(models.QuerySet["TerritoryStatus"]):
    def valid_on(self, day: dt.date) -> "StatusQuerySet":
        """Rows in force on the day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def overlapping(self, start: dt.date, end: dt.date | None) -> "StatusQuerySet":
        """Rows whose period shares a day with [start, end)."""
        rows = self.filter(Q(valid_to=None) | Q(valid_to__gt=start))
        return rows if end is None else rows.filter(valid_from__lt=end)


class TerritoryStatus(models.Model):
    """A dated wartime status with its source; half-open period, never two of one unit at a time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300)

    objects = StatusQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="territory_status_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=("unit", "valid_from"), name="territory_status_begins_once"),
            models.UniqueConstraint(fields=("unit",), condition=Q(valid_to=None), name="territory_status_open_once"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.status} {self.valid_from}"

    def has_ended(self, on: dt.date) -> bool:
        """Whether it holds no more on the day."""
        return self.valid_to is not None and self.valid_to <= on

    def changed_on(self, on: dt.date) -> dt.date:
        """Its last change up to the day: when it began, or when it ended."""
        return self.valid_to if self.valid_to is not None and self.valid_to <= on else self.valid_from


class CommunityAbroad(models.Model):
    """A municipality of another country."""

    country = models.CharField(max_length=2, validators=[RegexValidator("^[A-Z]{2}$")])
    name_uk = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_own = models.CharField(max_length=120)
    lau_code = models.CharField(max_length=20, blank=True)
    geonames_id = models.PositiveIntegerField(null=True, unique=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    source = models.CharField(max_length=300)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("wikidata_id",), condition=~Q(wikidata_id=""), name="community_abroad_wikidata_once"
            ),
            models.UniqueConstraint(
                fields=("country", "lau_code"), condition=~Q(lau_code=""), name="community_abroad_lau_once"
            ),
        )

    def __str__(self) -> str:
        return self.spoken_name

    @property
    def spoken_name(self) -> str:
        """Its name in the present language."""
        return self.name_en if _in_english() else self.name_uk

    @property
    def everyday_name(self) -> str:
        """Its name with the country: “Ліппштадт, Німеччина”."""
        return f"{self.spoken_name}, {self.country_name}"

    @property
    def country_name(self) -> str:
        """The country in the present language; its code where no name is known."""
        return country_name(self.country, "en" if _in_english() else "uk")

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


class LoadedTable(models.Model):
    """Which shipped table the rows come from, so that loading it again changes nothing."""

    name = models.CharField(primary_key=True, max_length=60)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"
