"""Papers between bodies; this context never knows a partnership."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pobratym.agreements.choices import AgreementKind, AgreementState
from pobratym.organisations import takedown
from pobratym.organisations.choices import Mandate
from pobratym.organisations.models import NAMES, Body
from pobratym.organisations.takedown import IN_FORCE, Sought
from pobratym.organisations.visibility import visible
from pobratym.vocabulary.choices import Origin, Visibility


def in_language(uk: str, en: str) -> str:
    """The text in the present language; Ukrainian where there is no English one."""
    return (en if get_language() == "en" else "") or uk


BODY = tuple(f"body__{name}" for name in NAMES)


def decision_mentions(sought: Sought) -> Q:
    """A decision by its title, its address, or its body."""
    return sought.within("number", "title_uk", "title_en", "link", *BODY)


class CouncilDecisionQuerySet(models.QuerySet["CouncilDecision"]):
    def visible_to(self, user: object) -> "CouncilDecisionQuerySet":
        """What the user may see: public ones, and those of the own bodies."""
        return self.filter(visible(user, team="body_id", hidden=decision_mentions(IN_FORCE)))


class CouncilDecision(models.Model):
    """A decision of a council (or an order of a military administration): number and date are compulsory."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=40)
    decided_on = models.DateField()
    title_uk = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    link = models.URLField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)

    objects = CouncilDecisionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(number=""), name="decision_has_a_number"),
            models.UniqueConstraint(fields=("body", "number", "decided_on"), name="decision_once"),
        )

    def __str__(self) -> str:
        return f"№ {self.number}, {self.decided_on}"

    @property
    def title(self) -> str:
        """The title in the present language."""
        return in_language(self.title_uk, self.title_en)


def _of_parties(bodies: frozenset[int]) -> Q:
    """Papers to which one of the bodies is a party; one that dropped out reads what it had read."""
    return Q(pk__in=AgreementParty.objects.filter(body_id__in=bodies).values("agreement_id"))


def agreement_mentions(sought: Sought) -> Q:
    """A paper by its title, any version of its text, its parties and who signed for them."""
    of_party = ("signatory_uk", "signatory_en", "post_uk", "post_en", *BODY)
    parties = AgreementParty.objects.filter(sought.within(*of_party), agreement=OuterRef("pk"))
    written = AgreementText.objects.filter(sought.within("sections"), agreement=OuterRef("pk"))
    own = sought.within("title_uk", "title_en", "number", "place_uk", "place_en", "source_url")
    return own | Q(Exists(parties)) | Q(Exists(written))


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: object) -> "AgreementQuerySet":
        """What the user may see: public papers, and those of the own bodies."""
        hidden = agreement_mentions(IN_FORCE)
        return self.filter(visible(user, team=_of_parties, partners=_of_parties, hidden=hidden))

    def with_parties(self) -> "AgreementQuerySet":
        """Parties with their bodies, fetched together."""
        return self.prefetch_related(
            models.Prefetch(
                "parties", AgreementParty.objects.select_related("body__unit", "decision").order_by("position", "pk")
            ),
        )


class Agreement(models.Model):
    """A paper with its parties, versions of text and signatures."""

    kind = models.CharField(max_length=12, choices=AgreementKind)
    title_uk = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=40, blank=True)
    place_uk = models.CharField(max_length=120, blank=True)
    place_en = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=AgreementState, default=AgreementState.DRAFT)
    signed_on = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(state="signed") & ~Q(signed_on=None)) | ~Q(state="signed"),
                name="agreement_signed_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the present language."""
        return in_language(self.title_uk, self.title_en)

    @property
    def place(self) -> str:
        """The place of signing in the present language."""
        return in_language(self.place_uk, self.place_en)


class AgreementParty(models.Model):
    """A body's part in a paper: to which version it agreed, who signed when by what mandate.

    A party that refused or left before it signed stays as a row with the day; the others go on without it.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    agreed_text = models.PositiveIntegerField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signatory_uk = models.CharField(max_length=120, blank=True)
    signatory_en = models.CharField(max_length=120, blank=True)
    post_uk = models.CharField(max_length=160, blank=True)
    post_en = models.CharField(max_length=160, blank=True)
    mandate = models.CharField(max_length=10, choices=Mandate, blank=True)
    decision = models.ForeignKey(CouncilDecision, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agreement", "body"), name="agreement_party_once"),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(dropped_on=None), name="agreement_party_signed_or_dropped"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.body_id}"

    @property
    def is_present(self) -> bool:
        """Whether the paper still waits for this party, or has its signature."""
        return self.dropped_on is None

    @property
    def signatory(self) -> str:
        """The signatory's name in the present language."""
        return in_language(self.signatory_uk, self.signatory_en)

    @property
    def post(self) -> str:
        """The signatory's post in the present language."""
        return in_language(self.post_uk, self.post_en)


class AgreementText(models.Model):
    """One version of a paper's text: a list of sections, each a title and paragraphs. The newest one counts."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    sections = models.JSONField()
    written_for = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agreement", "number"), name="agreement_text_number_once"),)

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"


takedown.register("agreements.councildecision", _("decisions of councils"), decision_mentions)
takedown.register("agreements.agreement", _("papers"), agreement_mentions)
