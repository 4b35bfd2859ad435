"""Roles that a membership can give."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for a body, or for the whole platform."""

    COORDINATOR = "coordinator", _("coordinator")
    SIGNATORY = "signatory", _("signatory")
    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    READER = "reader", _("reader")


# Roles for the whole platform; the others need a body.
PLATFORM_ROLES = frozenset({Role.EDITOR, Role.MODERATOR, Role.READER})
