"""Partnerships of two and more bodies; what they promised, did and measured."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.organisations.models import Body
from pobratym.partnerships.choices import PRESENT, PartyRole, PartyState, Programme, Reply, Stage, Way
from pobratym.vocabulary.choices import Direction, Origin, Proof, Visibility


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def with_parties(self) -> "PartnershipQuerySet":
        """Parties and their places, fetched together."""
        return self.prefetch_related(
            models.Prefetch(
                "parties",
                Party.objects.select_related("body__unit__oblast", "body__abroad").order_by("position"),
            ),
        )


class Partnership(models.Model):
    """A partnership. Its name is its parties; suspended and ended are dated conditions, not stages."""

    subject_uk = models.CharField(max_length=200)
    subject_en = models.CharField(max_length=200, blank=True)
    programme = models.CharField(max_length=14, choices=Programme, default=Programme.OWN)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.CONTACT)
    began_on = models.DateField()
    suspended_from = models.DateField(null=True, blank=True)
    suspended_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    condition_reason = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    version = models.PositiveIntegerField(default=1)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(suspended_to=None) | Q(suspended_to__gt=F("suspended_from")),
                name="suspension_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.subject_uk}"

    @property
    def subject(self) -> str:
        """What it is about, in the present language: “economic partnership”."""
        return (self.subject_en if get_language() == "en" else "") or self.subject_uk

    def is_suspended(self, on: dt.date) -> bool:
        """Whether it rests on the day."""
        return (
            self.suspended_from is not None
            and self.suspended_from <= on
            and (self.suspended_to is None or on < self.suspended_to)
        )


class Party(models.Model):
    """A body in a partnership with its own state."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="parties")
    body = models.ForeignKey(Body, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=PartyRole, default=PartyRole.PARTY)
    state = models.CharField(max_length=10, choices=PartyState, default=PartyState.INVITED)
    invited_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("partnership", "body"), name="party_once"),)

    def __str__(self) -> str:
        return f"{self.body}: {self.get_state_display()}"

    @property
    def is_present(self) -> bool:
        """Whether the party still counts."""
        return self.state in PRESENT


class OneTimeLink(models.Model):
    """A link to read and answer without an account; the token is stored only as a digest."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    sent_to = models.EmailField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.party_id} → {self.sent_to}"


class Answer(models.Model):
    """What an invited side answered; by a link it counts once a moderator confirmed it."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="answers")
    reply = models.CharField(max_length=6, choices=Reply)
    text = models.TextField(blank=True)
    given_by = models.CharField(max_length=200)
    way = models.CharField(max_length=8, choices=Way)
    letter_number = models.CharField(max_length=40, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(way="letter") | ~Q(letter_number=""), name="answer_by_letter_has_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.party_id}: {self.reply}"


class Transition(models.Model):
    """A stage reached on a day, backed by a paper, a decision or a named document; or skipped with a reason."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="transitions")
    stage = models.CharField(max_length=12, choices=Stage)
    reached_on = models.DateField()
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="transitions")
    decisions = models.ManyToManyField(CouncilDecision, blank=True, related_name="transitions")
    document_uk = models.CharField(max_length=200, blank=True)
    document_en = models.CharField(max_length=200, blank=True)
    skipped_reason_uk = models.CharField(max_length=300, blank=True)
    skipped_reason_en = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("partnership", "stage"), name="stage_reached_once"),)

    def __str__(self) -> str:
        return f"{self.partnership_id}: {self.stage} {self.reached_on}"


class Commitment(models.Model):
    """What was promised in a direction; engagement names groups and for whom it is of use."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="commitments")
    direction = models.CharField(max_length=10, choices=Direction)
    text_uk = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="commitments")
    due_on = models.DateField(null=True, blank=True)
    groups = models.JSONField(default=list, blank=True)
    for_whom_uk = models.CharField(max_length=200, blank=True)
    for_whom_en = models.CharField(max_length=200, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target_unit_uk = models.CharField(max_length=40, blank=True)
    target_unit_en = models.CharField(max_length=40, blank=True)
    done_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The text in the present language."""
        return (self.text_en if get_language() == "en" else "") or self.text_uk


class ProgressNote(models.Model):
    """What was done for a commitment, on a day."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="notes")
    noted_on = models.DateField()
    text_uk = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)

    def __str__(self) -> str:
        return self.text_uk


class Value(models.Model):
    """A figure for a commitment: amount, unit, half-open period, level of proof."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="values")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    margin = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit_uk = models.CharField(max_length=40)
    unit_en = models.CharField(max_length=40, blank=True)
    period_from = models.DateField()
    period_to = models.DateField()
    proof = models.CharField(max_length=10, choices=Proof, default=Proof.DECLARED)
    evidence = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(period_to__gt=F("period_from")), name="value_period_has_length"),
            models.CheckConstraint(
                condition=Q(proof="declared") | ~Q(evidence=""),
                name="value_with_proof_names_evidence",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.unit_uk}"
