"""Roles that a membership can give, and what a database is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person does for a body, or for the whole platform."""

    COORDINATOR = "coordinator", pgettext_lazy("role", "coordinator")
    SIGNATORY = "signatory", pgettext_lazy("role", "signatory")
    EDITOR = "editor", pgettext_lazy("role", "editor")
    MODERATOR = "moderator", pgettext_lazy("role", "moderator")
    READER = "reader", pgettext_lazy("role", "reader")


# Roles for the whole platform; the others need a body.
PLATFORM_ROLES = frozenset({Role.EDITOR, Role.MODERATOR, Role.READER})

# Roles within a body; a moderator serves the whole platform only.
BODY_ROLES = frozenset({Role.COORDINATOR, Role.SIGNATORY, Role.EDITOR, Role.READER})

# Roles that speak for a body; a reader only reads.
SPEAKING_ROLES = frozenset({Role.COORDINATOR, Role.SIGNATORY, Role.EDITOR})


class Purpose(models.TextChoices):
    """What a database is for; it never changes."""

    REAL = "real", _("real work")
    DEMONSTRATION = "demonstration", _("demonstration")
