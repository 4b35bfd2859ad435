"""Kinds of papers with their legal weight, and their states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """What a paper is; more kinds come with the procedures of Law 1508-VII."""

    LETTER = "letter", _("letter of intent")
    MEMORANDUM = "memorandum", _("memorandum")
    PARTNERSHIP = "partnership", _("partnership agreement")
    TWINNING = "twinning", _("twinning agreement")
    PLAN = "plan", _("yearly action plan")


class AgreementState(models.TextChoices):
    """A draft becomes agreed when every party agrees to one version, and signed when every party signed."""

    DRAFT = "draft", _("draft")
    AGREED = "agreed", _("text agreed")
    SIGNED = "signed", _("signed")
    ENDED = "ended", _("ended")
