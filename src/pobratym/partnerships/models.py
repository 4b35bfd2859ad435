"""Partnerships of two and more bodies; what they promised, did and measured."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pobratym.agreements.models import Agreement, CouncilDecision, in_language
from pobratym.organisations import takedown
from pobratym.organisations.models import NAMES, Body
from pobratym.organisations.takedown import IN_FORCE, Sought
from pobratym.organisations.visibility import visible
from pobratym.partnerships.choices import PRESENT, PartyRole, PartyState, Programme, Reply, Stage, Way
from pobratym.vocabulary.choices import Direction, EngagementGroup, Origin, Proof, Visibility

LONGEST_MESSAGE = 600


def _of_parties(bodies: frozenset[int]) -> Q:
    """Partnerships in which one of the bodies takes or took part."""
    return Q(pk__in=Party.objects.filter(body_id__in=bodies).values("partnership_id"))


def partnership_mentions(sought: Sought) -> Q:
    """A partnership by its subject, its conditions, the documents of its stages, its parties."""
    parties = Party.objects.filter(sought.within(*(f"body__{name}" for name in NAMES)), partnership=OuterRef("pk"))
    of_stage = sought.within("document_uk", "document_en", "skipped_reason_uk", "skipped_reason_en")
    stages = Transition.objects.filter(of_stage, partnership=OuterRef("pk"))
    own = sought.within("subject_uk", "subject_en", "condition_reason_uk", "condition_reason_en", "source_url")
    return own | Q(Exists(parties)) | Q(Exists(stages))


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: object) -> "PartnershipQuerySet":
        """What the user may see: public partnerships, and those of the own bodies."""
        hidden = partnership_mentions(IN_FORCE)
        return self.filter(visible(user, team=_of_parties, partners=_of_parties, hidden=hidden))

    def going(self) -> "PartnershipQuerySet":
        """Those that have not ended."""
        return self.filter(ended_on=None)

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
    # The proposer's first words; only the parties and moderators read them, whoever else sees the partnership.
    message = models.TextField(max_length=LONGEST_MESSAGE, blank=True, default="")
    programme = models.CharField(max_length=14, choices=Programme, default=Programme.OWN)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.CONTACT)
    began_on = models.DateField()
    suspended_from = models.DateField(null=True, blank=True)
    suspended_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    condition_reason_uk = models.CharField(max_length=300, blank=True)
    condition_reason_en = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(blank=True)
    papers = models.ManyToManyField(Agreement, blank=True, related_name="partnerships")
    decisions = models.ManyToManyField(CouncilDecision, blank=True, related_name="partnerships")
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
        return in_language(self.subject_uk, self.subject_en)

    @property
    def condition_reason(self) -> str:
        """Why it is suspended or has ended, in the present language."""
        return in_language(self.condition_reason_uk, self.condition_reason_en)

    @property
    def present(self) -> "list[Party]":
        """The parties that still count, in their order."""
        return [party for party in self.parties.all() if party.is_present]

    @property
    def names(self) -> list[str]:
        """How people call the present parties: “Калуш”, “Запоріжжя”."""
        return [party.body.short_name for party in self.present or self.parties.all()]

    @property
    def name(self) -> str:
        """A partnership is called by its parties."""
        return " — ".join(self.names)

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
        ordering = ("position", "pk")
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
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.party_id} → {self.sent_to}"

    def is_open(self, at: dt.datetime) -> bool:
        """Whether it can still be answered by: not used, not replaced by a newer one, not expired."""
        return self.used_at is None and self.closed_at is None and at < self.expires_at


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
    dismissed_reason = models.CharField(max_length=300, blank=True)
    response = models.TextField(blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(way="letter") | ~Q(letter_number=""), name="answer_by_letter_has_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.party_id}: {self.reply}"

    @property
    def waits_for_a_moderator(self) -> bool:
        """Whether it does not count yet."""
        return self.confirmed_at is None and self.dismissed_at is None

    @property
    def waits_for_a_response(self) -> bool:
        """Whether it is a question that nobody has answered."""
        return self.reply == Reply.ASK and self.confirmed_at is not None and self.responded_at is None


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

    @property
    def document(self) -> str:
        """The named document in the present language."""
        return in_language(self.document_uk, self.document_en)

    @property
    def skipped_reason(self) -> str:
        """Why stages before it were left out, in the present language."""
        return in_language(self.skipped_reason_uk, self.skipped_reason_en)


def _of_partnership(bodies: frozenset[int]) -> Q:
    """Rows of partnerships in which one of the bodies takes part."""
    return Q(partnership_id__in=Party.objects.filter(body_id__in=bodies).values("partnership_id"))


def _of_commitment(bodies: frozenset[int]) -> Q:
    """Rows of commitments of such partnerships."""
    own = Party.objects.filter(body_id__in=bodies).values("partnership_id")
    return Q(commitment_id__in=Commitment.objects.filter(partnership_id__in=own).values("pk"))


def commitment_mentions(sought: Sought) -> Q:
    """A commitment by what it promises, and to whom."""
    return sought.within("text_uk", "text_en", "for_whom_uk", "for_whom_en", "target_unit_uk", "target_unit_en")


def note_mentions(sought: Sought) -> Q:
    """A progress note by its text."""
    return sought.within("text_uk", "text_en")


def value_mentions(sought: Sought) -> Q:
    """A value by its evidence and unit."""
    return sought.within("evidence", "unit_uk", "unit_en")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: object) -> "CommitmentQuerySet":
        """What the user may see: public ones, and those of the own partnerships."""
        hidden = commitment_mentions(IN_FORCE)
        return self.filter(visible(user, team=_of_partnership, partners=_of_partnership, hidden=hidden))


class ProgressNoteQuerySet(models.QuerySet["ProgressNote"]):
    def visible_to(self, user: object) -> "ProgressNoteQuerySet":
        """What the user may see: public ones, and those of the own partnerships."""
        hidden = note_mentions(IN_FORCE)
        return self.filter(visible(user, team=_of_commitment, partners=_of_commitment, hidden=hidden))


class ValueQuerySet(models.QuerySet["Value"]):
    def visible_to(self, user: object) -> "ValueQuerySet":
        """What the user may see: public ones, and those of the own partnerships."""
        hidden = value_mentions(IN_FORCE)
        return self.filter(visible(user, team=_of_commitment, partners=_of_commitment, hidden=hidden))


class Commitment(models.Model):
    """What was promised in a direction; engagement names groups and for whom it is of use."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="commitments")
    direction = models.CharField(max_length=10, choices=Direction)
    text_uk = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="commitments")
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

    objects = CommitmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The text in the present language."""
        return in_language(self.text_uk, self.text_en)

    @property
    def for_whom(self) -> str:
        """For whom it is of use, in the present language."""
        return in_language(self.for_whom_uk, self.for_whom_en)

    @property
    def target_unit(self) -> str:
        """The target's unit in the present language."""
        return in_language(self.target_unit_uk, self.target_unit_en)

    @property
    def group_labels(self) -> list[str]:
        """The engaged groups in words."""
        return [str(EngagementGroup(group).label) for group in self.groups]


class ProgressNote(models.Model):
    """What was done for a commitment, on a day."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="notes")
    noted_on = models.DateField()
    text_uk = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)

    objects = ProgressNoteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The text in the present language."""
        return in_language(self.text_uk, self.text_en)


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

    objects = ValueQuerySet.as_manager()

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

    @property
    def unit(self) -> str:
        """The unit in the present language."""
        return in_language(self.unit_uk, self.unit_en)

    @property
    def last_day(self) -> dt.date:
        """The last day of the half-open period."""
        return self.period_to - dt.timedelta(days=1)


takedown.register("partnerships.partnership", _("partnerships"), partnership_mentions)
takedown.register("partnerships.commitment", _("commitments"), commitment_mentions)
takedown.register("partnerships.progressnote", _("progress notes"), note_mentions)
takedown.register("partnerships.value", _("values"), value_mentions)
