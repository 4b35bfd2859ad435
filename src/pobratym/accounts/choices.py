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

# Roles that a colleague takes over during an absence. Signing is not among them: who signs instead of a mayor is an
# office-holder with an order of their own.
SUBSTITUTED_ROLES = frozenset({Role.COORDINATOR, Role.EDITOR})


class LeavingReason(models.TextChoices):
    """Why a moderator ends the role of a body's last coordinator without a successor."""

    BODY_ENDS = "body_ends", _("the body ends or is reorganised")
    ABUSE = "abuse", _("the account was abused or taken over")
    DECEASED = "deceased", _("the person has died or cannot be reached")
    BODY_ASKED = "body_asked", _("the body asked for it in an official letter")


class ErasureGround(models.TextChoices):
    """Who asked for an erasure, and how."""

    OWN = "own", _("asked from the own account")
    WRITTEN = "written", _("asked in writing")


class Proof(models.TextChoices):
    """By what a person proves at sign-in to be who they say."""

    PASSWORD = "password", pgettext_lazy("proof", "password")
    CODE = "code", pgettext_lazy("proof", "code from the app")
    PASSKEY = "passkey", pgettext_lazy("proof", "passkey")
    RECOVERY = "recovery", pgettext_lazy("proof", "recovery code")
    PROVIDER = "provider", pgettext_lazy("proof", "identity provider")
    INVITATION = "invitation", pgettext_lazy("proof", "invitation")


class Factor(models.TextChoices):
    """A second factor that a person sets up; the codes are those of the engine."""

    TOTP = "totp", _("an app that shows codes")
    WEBAUTHN = "webauthn", pgettext_lazy("factor", "a passkey")


class Purpose(models.TextChoices):
    """What a database is for; it never changes."""

    REAL = "real", _("real work")
    DEMONSTRATION = "demonstration", _("demonstration")
