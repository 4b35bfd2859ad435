"""People, what they may do for whom and when, invitations, and the second person."""

import datetime as dt
from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.functional import cached_property

from pobratym.accounts.choices import SUBSTITUTED_ROLES, ErasureGround, Purpose, Role
from pobratym.accounts.joining import Joining, Verification  # noqa: F401  # models are found through this module
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import NOBODY, Circle
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


class User(AbstractBaseUser):
    """A person with an account. Rights come from memberships alone: nobody is above the rules."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # The key of a demonstration role; such an account exists only in a database marked as demonstration.
    demonstration_role = models.CharField(max_length=40, null=True, blank=True, unique=True)
    # Since when the row is an empty shell that only holds together what the person did.
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    def __str__(self) -> str:
        return self.name

    @cached_property
    def circle(self) -> Circle:
        """What the person may do at present, read once per object; operations on memberships forget it.

        The moment is the database's own: who asks, asks now.
        """
        if not self.is_active:
            return NOBODY
        return Membership.objects.exercised_by(self.pk, Now()).circle(self.pk)

    def acting_for(self, body_id: int | None, at: dt.datetime) -> int | None:
        """The absent colleague whose role for the body the person borrows at the moment, for the trail.

        None where the person acts by an own role. Without a body: if no own role of the kind is held anywhere.
        """
        circle = Membership.objects.exercised_by(self.pk, at).circle(self.pk)
        borrowed = {body for _role, body in circle.acting if body_id in {None, body}}
        if not borrowed or (body_id is None and any(role in SUBSTITUTED_ROLES for role, _body in circle.own)):
            return None
        absences = Absence.objects.filter(substitute=self, body_id__in=borrowed).lending(at)
        return absences.order_by("holds_from", "pk").values_list("person_id", flat=True).first()

    def forget_circle(self) -> None:
        """Read the memberships again at the next question."""
        self.__dict__.pop("circle", None)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Ask the rules; an inactive account has no rights."""
        return self.is_active and bool(rules.has_perm(perm, self, obj))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, at: dt.datetime | Now) -> "MembershipQuerySet":
        """Memberships that hold at the moment, of bodies that act on its day."""
        moment = at if isinstance(at, Now) else Value(at)
        body_acts = Q(body=None) | Q(body__acts_to=None) | Q(body__acts_to__gt=TruncDate(moment))
        return self.filter(Q(holds_to=None) | Q(holds_to__gt=at), body_acts, holds_from__lte=at)

    def exercised_by(self, person_id: int, at: dt.datetime | Now) -> "MembershipQuerySet":
        """What the person may use at the moment: the own memberships, and those lent during an absence.

        A loan ends by itself: with its time, with the absent person's own membership or account, and with the
        substitute's belonging to the body. What is borrowed is not lent on, and signing is never lent.
        """
        own = Q(person=person_id)
        colleague = Membership.objects.filter(person=person_id, body=OuterRef("body")).current(at)
        absence = Absence.objects.filter(person=OuterRef("person"), body=OuterRef("body"), substitute=person_id).during(
            at
        )
        lent = Q(Exists(absence), Exists(colleague), role__in=SUBSTITUTED_ROLES, person__is_active=True)
        return self.filter(own | lent).current(at)

    def circle(self, person_id: int) -> Circle:
        """The memberships as pairs of role and body, those of somebody else marked as borrowed."""
        own: set[tuple[str, int | None]] = set()
        lent: set[tuple[str, int | None]] = set()
        for role, body_id, holder in self.values_list("role", "body_id", "person_id"):
            (own if holder == person_id else lent).add((role, body_id))
        return Circle(frozenset(own | lent), acting=frozenset(lent - own))


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
    # Empty for the first moderator, whom the operator invites from the command line.
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    # The link's token, known only to the process that made the invitation.
    token = ""

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def during(self, at: dt.datetime | Now) -> "AbsenceQuerySet":
        """Absences at the moment."""
        return self.filter(holds_from__lte=at, holds_to__gt=at)

    def lending(self, at: dt.datetime) -> "AbsenceQuerySet":
        """Absences that lend a role at the moment: the absent person's own still holds."""
        held = Membership.objects.filter(
            person=OuterRef("person"), body=OuterRef("body"), role__in=SUBSTITUTED_ROLES
        ).current(at)
        return self.during(at).filter(Exists(held), person__is_active=True)


class Absence(models.Model):
    """A colleague of the same body stands in for a person, for a half-open period."""

    person = models.ForeignKey(User, models.CASCADE, related_name="absences")
    substitute = models.ForeignKey(User, models.CASCADE, related_name="substitutions")
    body = models.ForeignKey(Body, models.CASCADE, related_name="+")
    holds_from = models.DateTimeField()
    holds_to = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(holds_to__gt=F("holds_from")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("substitute")), name="absence_substitute_is_another"),
        )

    def __str__(self) -> str:
        return f"{self.substitute} → {self.person}"

    @property
    def last_day(self) -> dt.date:
        """The last day on which somebody stands in, for people who do not read half-open periods."""
        return timezone.localdate(self.holds_to - dt.timedelta(microseconds=1))


class HandOver(models.Model):
    """Who leaves, to whom the role and the open things go, when: the log of a hand-over.

    The role ends at the moment the successor's begins; until an invited successor has accepted, nothing ends.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    successor = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, blank=True, related_name="+")
    # What was open at the moment: a list of kind, title and address.
    left_open = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(done_at=None) | ~Q(successor=None), name="hand_over_has_a_successor"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(withdrawn_at=None), name="hand_over_done_or_withdrawn"
            ),
            models.UniqueConstraint(
                fields=("membership",), condition=Q(done_at=None, withdrawn_at=None), name="hand_over_waits_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Erasure(models.Model):
    """A wish to be erased: the person's own, carried out after a delay; or a written one, by two moderators."""

    person = models.ForeignKey(User, models.CASCADE, related_name="erasures")
    ground = models.CharField(max_length=7, choices=ErasureGround)
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    # For an own wish: until then it can be taken back.
    due_at = models.DateTimeField(null=True, blank=True)
    letter_number = models.CharField(max_length=40, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(asked_by=F("confirmed_by")), name="erasure_second_is_another"),
            models.CheckConstraint(
                condition=Q(ground="own", due_at__isnull=False)
                | (Q(ground="written", letter_on__isnull=False) & ~Q(letter_number="")),
                name="erasure_has_its_ground",
            ),
            models.UniqueConstraint(
                fields=("person",), condition=Q(done_at=None, withdrawn_at=None), name="erasure_asked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.get_ground_display()}"


class SecondPerson(models.Model):
    """A wish to raise visibility; another person than the asker confirms or refuses it."""

    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    raise_from = models.CharField(max_length=10, choices=Visibility)
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


class Identity(models.Model):
    """A person as an identity provider knows them: its own name for them, never an address."""

    person = models.ForeignKey(User, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="identity_belongs_to_one_person"),
            models.UniqueConstraint(fields=("person", "issuer"), name="identity_once_per_provider"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.issuer}"


class DatabaseMark(models.Model):
    """What this database is for, written once when it is set up: one row."""

    purpose = models.CharField(max_length=13, choices=Purpose)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="database_marked_once"),)

    def __str__(self) -> str:
        return self.get_purpose_display()
