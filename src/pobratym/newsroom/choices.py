"""Types and states of publications."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PublicationType(models.TextChoices):
    """What kind of item it is."""

    NEWS = "news", _("news")
    EVENT = "event", _("event")
    COLUMN = "column", _("column")
    PRACTICE = "practice", _("practice")
    RESULT = "result", _("result")


class PublicationState(models.TextChoices):
    """Draft → review → published; a published item can be withdrawn."""

    DRAFT = "draft", pgettext_lazy("publication", "draft")
    REVIEW = "review", pgettext_lazy("publication", "in review")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "withdrawn")
