"""People, what they may do for whom and when, invitations, and the second person."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from pobratym.accounts.choices import Role
from pobratym.organisations.models import Body
from pobratym.vocabulary.choices import Visibility


class People(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **rest: Any) -> "User":
        """Make an account; without a password nobody can sign in to it by password."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **rest)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses are compared without case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # The key of a demonstration role; such an account exists only in a database marked as demonstration.
    demonstration_role = models.CharField(max_length=40, null=True, blank=True, unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, at: dt.datetime) -> "MembershipQuerySet":
        """Memberships that hold at the moment."""
        return self.filter(Q(holds_to=None) | Q(holds_to__gt=at), holds_from__lte=at)


class Membership(models.Model):
    """A person has a role for a body, or (without a body) for the whole platform, for a half-open period."""

    person = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, related_name="memberships")
    holds_from = models.DateTimeField()
    holds_to = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(holds_to=None) | Q(holds_to__gt=F("holds_from")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(body=None) | Q(role__in=("editor", "moderator", "reader")),
                name="membership_role_needs_a_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Invitation(models.Model):
    """An invitation into a role, answered by a link whose token is stored only as a digest."""

    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role)
    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"


class SecondPerson(models.Model):
    """A wish to raise visibility; another person than the asker confirms or refuses it."""

    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    raise_to = models.CharField(max_length=10, choices=Visibility)
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(asked_by=F("answered_by")), name="second_person_is_another"),
            models.UniqueConstraint(
                fields=("subject",), condition=Q(answered_at=None), name="second_person_asked_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
