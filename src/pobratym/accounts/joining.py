"""How the first person of a body comes onto the platform: a request, and what a moderator verified it by."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pobratym.organisations.models import Body
from pobratym.territory.models import Unit


class Outcome(models.TextChoices):
    """How a request ended."""

    ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
    REFUSED = "refused", pgettext_lazy("request", "refused")


class RefusalReason(models.TextChoices):
    """Why a request is refused; the sentence beside it says the rest."""

    DENIED = "denied", _("the body does not know of the request")
    NO_ANSWER = "no_answer", _("the body has not answered")
    WRONG_BODY = "wrong_body", _("another body acts for the community")
    ALREADY_HERE = "already_here", _("the body has people on the platform already")
    UNCLEAR = "unclear", _("the request is unclear")


class How(models.TextChoices):
    """By what a moderator verified that a person may speak for a body."""

    LINK = "link", _("confirmed from the official address")
    LETTER = "letter", _("by a letter of the body")
    REGISTER = "register", _("known from a public register or site")


class JoiningQuerySet(models.QuerySet["Joining"]):
    def confirmed(self) -> "JoiningQuerySet":
        """Those whose address answered: only these reach a moderator."""
        return self.exclude(confirmed_at=None)

    def waiting(self) -> "JoiningQuerySet":
        """Confirmed requests that nobody has decided, the oldest first."""
        return self.confirmed().filter(closed_at=None).order_by("confirmed_at", "pk")


class Joining(models.Model):
    """A wish to bring a community onto the platform. Until the address answered it is nobody's request."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # The body that acts there, once a moderator has written to it or recorded its letter.
    body = models.ForeignKey(Body, models.SET_NULL, null=True, blank=True, related_name="joinings")
    name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="uk")
    asked_at = models.DateTimeField()
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    official_email = models.EmailField(blank=True)
    official_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    official_sent_at = models.DateTimeField(null=True, blank=True)
    official_expires_at = models.DateTimeField(null=True, blank=True)
    official_answered_at = models.DateTimeField(null=True, blank=True)
    official_agreed = models.BooleanField(null=True, blank=True)
    letter_number = models.CharField(max_length=40, blank=True)
    letter_on = models.DateField(null=True, blank=True)

    closed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reason = models.CharField(max_length=12, choices=RefusalReason, blank=True)
    reason_text = models.CharField(max_length=300, blank=True)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("email", "unit"), condition=Q(closed_at=None), name="joining_asked_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None) & Q(outcome="") | ~Q(closed_at=None) & ~Q(outcome=""),
                name="joining_closed_with_an_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.asked_at:%Y-%m-%d}"

    @property
    def verified_by(self) -> How | None:
        """What speaks for the person so far; a letter outweighs an unanswered link, not a plain no after it."""
        if self.letter_number:
            return How.LETTER
        return How.LINK if self.official_agreed else None

    def awaits_answer(self, at: dt.datetime) -> bool:
        """Whether a link to the official address works at the moment."""
        return (
            self.closed_at is None
            and self.official_answered_at is None
            and self.official_expires_at is not None
            and at < self.official_expires_at
        )


class Verification(models.Model):
    """A moderator made sure who may be the first person of a body, and by what."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="verifications")
    joining = models.ForeignKey(Joining, models.SET_NULL, null=True, blank=True, related_name="+")
    # Whom it is about: nobody else is invited on the strength of it.
    email = models.EmailField(blank=True)
    how = models.CharField(max_length=8, choices=How)
    official_email = models.EmailField(blank=True)
    letter_number = models.CharField(max_length=40, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True)
    verified_at = models.DateTimeField()
    verified_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(how="letter") | (~Q(letter_number="") & ~Q(letter_on=None)),
                name="verification_by_letter_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(how="link") | ~Q(official_email=""), name="verification_by_link_names_the_address"
            ),
            models.CheckConstraint(
                condition=~Q(how="register") | ~Q(source_url=""), name="verification_by_register_names_the_page"
            ),
        )

    def __str__(self) -> str:
        return f"{self.body_id}: {self.get_how_display()}"
