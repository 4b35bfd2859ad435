"""Units of the codifier by their codes, former names, dated statuses, communities abroad."""

from django.db import models
from django.db.models import F, Q

from pobratym.territory.choices import Council, Kind, Status


class Unit(models.Model):
    """A unit of KATOTTG. Names are the codifier's own: “Калуська”, “Івано-Франківська”, “Калуш”."""

    code = models.CharField(primary_key=True, max_length=19)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    oblast = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    raion = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    hromada = models.ForeignKey("self", models.PROTECT, null=True, related_name="settlements")
    centre = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    council = models.CharField(max_length=10, choices=Council, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    population = models.PositiveIntegerField(null=True)
    search_key = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=240, db_index=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class FormerName(models.Model):
    """A name a unit once had, half-open period; an unknown date stays empty."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    used_until = models.DateField(null=True)
    source = models.CharField(max_length=300)
    search_key = models.CharField(max_length=120, db_index=True)

    def __str__(self) -> str:
        return f"{self.name} → {self.unit_id}"


class TerritoryStatus(models.Model):
    """A dated wartime status with its source; half-open period."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=10, choices=Status)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="territory_status_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.status} {self.valid_from}"


class CommunityAbroad(models.Model):
    """A municipality of another country."""

    country = models.CharField(max_length=2)
    name_uk = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_own = models.CharField(max_length=120)
    lau_code = models.CharField(max_length=20, blank=True)
    geonames_id = models.PositiveIntegerField(null=True, unique=True)
    wikidata_id = models.CharField(max_length=20, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.name_en} ({self.country})"
