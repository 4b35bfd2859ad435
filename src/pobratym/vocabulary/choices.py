"""Choices that several contexts store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """The six directions of the founding memorandum, in its order."""

    ENERGY = "energy", _("Energy efficiency")
    SME = "sme", _("Small and medium business")
    EXCHANGE = "exchange", _("Exchange of experience")
    ENGAGEMENT = "engagement", _("Engagement of communities and science")
    BUSINESS = "business", _("New business projects")
    JOBS = "jobs", _("New jobs")


class EngagementGroup(models.TextChoices):
    """The five groups that the memorandum wants engaged, socially oriented."""

    CIVIL = "civil", _("Civil-society organisations")
    SCIENCE = "science", _("Scientific institutions")
    INDUSTRY = "industry", _("Industry")
    EXPERTS = "experts", _("Experts")
    SPECIALISTS = "specialists", _("Specialists")


class Visibility(models.TextChoices):
    """Who may see a record, from the widest to the narrowest circle; the default is the team."""

    PUBLIC = "public", _("Public")
    PARTNERS = "partners", _("Partners")
    TEAM = "team", _("Team")
    RESTRICTED = "restricted", _("Restricted")


class Origin(models.TextChoices):
    """Where a record comes from; what was generated for the demonstration is always labelled."""

    OWN = "own", _("Entered by its owner")
    FOUNDING = "founding", _("Founding item")
    SOURCE = "source", _("Public source")
    GENERATED = "generated", _("Example")


class Proof(models.TextChoices):
    """How well a value is proven, from a claim to a measurement."""

    DECLARED = "declared", _("declared")
    DOCUMENTED = "documented", _("documented")
    VERIFIED = "verified", _("verified")
    MEASURED = "measured", _("measured")
