"""Kinds of territorial units and of their wartime statuses; countries."""

from functools import cache

from babel import Locale
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Categories of the codifier KATOTTG."""

    OBLAST = "oblast", _("oblast")
    SPECIAL_CITY = "special_city", _("city with special status")
    RAION = "raion", _("raion")
    HROMADA = "hromada", _("hromada")
    CITY = "city", _("city")
    SETTLEMENT = "settlement", _("settlement")
    VILLAGE = "village", _("village")
    DISTRICT = "district", _("city district")


# Kyiv and Sevastopol have no row of kind hromada: the city stands wherever a community is asked for.
COMMUNITIES = (Kind.HROMADA, Kind.SPECIAL_CITY)
REGIONS = (Kind.OBLAST, Kind.SPECIAL_CITY)


class Council(models.TextChoices):
    """Type of a hromada, derived from the category of its centre."""

    URBAN = "urban", _("urban")
    SETTLEMENT = "settlement", _("settlement’s")
    RURAL = "rural", _("rural")


COUNCIL_TYPES = {
    Council.URBAN: _("urban hromada"),
    Council.SETTLEMENT: _("settlement hromada"),
    Council.RURAL: _("rural hromada"),
}


class Status(models.TextChoices):
    """Classes of the ministry's list of territories (order 376 of 28.02.2025)."""

    POSSIBLE = "possible", _("possible hostilities")
    ACTIVE = "active", _("active hostilities")
    ACTIVE_E = "active_e", _("active hostilities, state e-services work")
    OCCUPIED = "occupied", _("temporarily occupied")


# Of such a territory no contacts, dates or places are shown.
AT_RISK = frozenset({Status.ACTIVE, Status.ACTIVE_E, Status.OCCUPIED})


@cache
def countries(language: str) -> dict[str, str]:
    """Names of countries by their ISO 3166 codes."""
    names = Locale(language).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}


def country_name(code: str, language: str) -> str:
    """The country's name; its code where the language has none."""
    return countries(language).get(code, code)
