"""Kinds of territorial units and of their wartime statuses."""

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


class Council(models.TextChoices):
    """Type of a hromada, derived from the category of its centre."""

    URBAN = "urban", _("urban")
    SETTLEMENT = "settlement", _("settlement’s")
    RURAL = "rural", _("rural")


class Status(models.TextChoices):
    """Classes of the ministry's list of territories (order 376 of 28.02.2025)."""

    POSSIBLE = "possible", _("possible hostilities")
    ACTIVE = "active", _("active hostilities")
    ACTIVE_E = "active_e", _("active hostilities, state e-services work")
    OCCUPIED = "occupied", _("temporarily occupied")
