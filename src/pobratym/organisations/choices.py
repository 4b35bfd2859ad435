"""Kinds of bodies and of mandates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What acts for a territory."""

    COUNCIL = "council", _("council")
    MILITARY = "military", _("military administration")
    ABROAD = "abroad", _("municipality abroad")
    STATE = "state", _("state body")


class Mandate(models.TextChoices):
    """By what right a person holds the office (domain: signatory roles)."""

    ELECTED = "elected", _("elected head")
    ACTING = "acting", _("secretary of the council acting as head")
    MILITARY = "military", _("head of a military administration")
    DEPUTY = "deputy", _("deputy by order")
    OTHER = "other", _("other office")
