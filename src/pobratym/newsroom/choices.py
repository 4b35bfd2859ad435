"""Types and states of publications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationType(models.TextChoices):
    """What kind of item it is."""

    NEWS = "news", _("news")
    EVENT = "event", _("event")
    COLUMN = "column", _("column")
    PRACTICE = "practice", _("practice")
    RESULT = "result", _("result")


class PublicationState(models.TextChoices):
    """Draft → review → published; a published item can be withdrawn."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
