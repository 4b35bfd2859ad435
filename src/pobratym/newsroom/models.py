"""Publications with their authors, quotations, tags, places and happenings.

A publication has no column of visibility: its state is one. Published is public, everything else is for its writer
and the editors.
"""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pobratym.agreements.models import Agreement
from pobratym.newsroom.choices import PublicationState, PublicationType
from pobratym.organisations import takedown
from pobratym.organisations.takedown import IN_FORCE, Sought
from pobratym.partnerships.models import Partnership, Party
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Direction, Origin


class Tag(models.Model):
    """A topic. The slug, made of the Ukrainian name, is what makes two spellings one tag."""

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    name_uk = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the present language."""
        return (self.name_en if get_language() == "en" else "") or self.name_uk


def publication_mentions(sought: Sought) -> Q:
    """An item by any of its texts: its own, its authors’, its voices’, its tags, the place of what happens."""
    item = OuterRef("pk")
    spoken = ("text", "speaker", "office", "source_name", "source_url")
    voices = Quotation.objects.filter(sought.within(*spoken), publication=item)
    authors = Author.objects.filter(sought.within("name", "post", "institution"), publication=item)
    places = Happening.objects.filter(sought.within("place", "online_url"), publication=item)
    tags = Tag.objects.filter(sought.within("name_uk", "name_en", "slug"), publications=item)
    own = sought.within("title", "lead", "body", "source_name", "source_url")
    return own | Q(Exists(voices)) | Q(Exists(authors)) | Q(Exists(places)) | Q(Exists(tags))


def open_to_all() -> Q:
    """What everyone may see: published, and naming nothing that is taken down."""
    return Q(state=PublicationState.PUBLISHED) & ~publication_mentions(IN_FORCE)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def published(self) -> "PublicationQuerySet":
        """What everyone may see."""
        return self.filter(open_to_all())

    def waiting(self) -> "PublicationQuerySet":
        """What waits for an editor, the longest waiting first."""
        return self.filter(state=PublicationState.REVIEW).order_by("changed_at", "pk")

    def in_language(self, language: str) -> "PublicationQuerySet":
        """Each item once: in the language if there is a published text in it, else the original."""
        translated = Publication.objects.published().filter(translation_of=models.OuterRef("pk"), language=language)
        return self.filter(Q(language=language) | (Q(translation_of=None) & ~models.Exists(translated)))

    def newest_first(self) -> "PublicationQuerySet":
        """By the day the item speaks of itself."""
        return self.order_by("-dated_on", "-published_at", "-pk")

    def for_cards(self) -> "PublicationQuerySet":
        """With all that a card shows, in a constant number of queries."""
        return self.select_related("happening", "partnership").prefetch_related(
            "authors", _in_order("hromadas"), _in_order("oblasts"), _parties()
        )

    def for_page(self) -> "PublicationQuerySet":
        """With all that the item's own page shows."""
        return self.select_related(
            "happening", "partnership", "agreement", "translation_of", "written_by"
        ).prefetch_related(
            "authors",
            "quotations__community",
            "topics",
            models.Prefetch("tags", Tag.objects.order_by("slug")),
            _in_order("oblasts"),
            _in_order("hromadas"),
            _parties(),
        )


def _in_order(field: str) -> "models.Prefetch[str]":
    """Units in the order of the Ukrainian alphabet."""
    return models.Prefetch(field, Unit.objects.with_parents().in_order())


def _parties() -> "models.Prefetch[str]":
    """The parties of the item's partnership with their territories: their status tells what is shown of a happening."""
    return models.Prefetch("partnership__parties", Party.objects.select_related("body__unit"))


class Publication(models.Model):
    """An item of the newsroom in one language; a translation is an item linked to its original."""

    type = models.CharField(max_length=10, choices=PublicationType, default=PublicationType.NEWS)
    state = models.CharField(max_length=10, choices=PublicationState, default=PublicationState.DRAFT)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="uk")
    translation_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="translations")
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    source_url = models.URLField(max_length=300, blank=True)
    # The day the item speaks of itself: for a founding item, the source's own date.
    dated_on = models.DateField()
    tags = models.ManyToManyField(Tag, blank=True, related_name="publications")
    oblasts = models.ManyToManyField(Unit, blank=True, related_name="+")
    hromadas = models.ManyToManyField(Unit, blank=True, related_name="publications")
    partnership = models.ForeignKey(Partnership, models.SET_NULL, null=True, blank=True, related_name="publications")
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, blank=True, related_name="publications")
    # Written from the signed paper; that happens once, other items may tell of the same paper later.
    is_announcement = models.BooleanField(default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    # Why it was returned or withdrawn; here and not in the audit trail, for it may speak about persons.
    editor_note = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(published_at=None),
                name="published_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(written_by=None) | Q(published_by=None) | ~Q(written_by=F("published_by")),
                name="published_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(is_announcement=True) | ~Q(agreement=None),
                name="announcement_has_its_agreement",
            ),
            models.UniqueConstraint(
                fields=("agreement", "language"),
                condition=Q(is_announcement=True),
                name="agreement_announced_once",
            ),
            models.UniqueConstraint(
                fields=("translation_of", "language"),
                condition=~Q(translation_of=None),
                name="translated_once_a_language",
            ),
        )
        indexes = (models.Index(fields=("state", "-dated_on"), name="newsroom_newest"),)

    def __str__(self) -> str:
        return self.title

    @property
    def directions(self) -> list[Direction]:
        """The directions it is about, in the memorandum's order."""
        chosen = {topic.direction for topic in self.topics.all()}
        return [direction for direction in Direction if direction in chosen]

    @property
    def event(self) -> "Happening | None":
        """The happening, if the item has one: a template cannot ask for a row that is not there."""
        return getattr(self, "happening", None)

    @property
    def is_published(self) -> bool:
        """Whether everyone may see it."""
        return self.state == PublicationState.PUBLISHED


class Topic(models.Model):
    """A direction that a publication is about: a row, for both databases filter rows and only one filters JSON."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="topics")
    direction = models.CharField(max_length=10, choices=Direction, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("publication", "direction"), name="topic_once"),)

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.direction}"


class Author(models.Model):
    """An author as the item names him or her."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)
    institution = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("publication", "position"), name="author_position_once"),)

    def __str__(self) -> str:
        return self.name


class Quotation(models.Model):
    """Words of a person with office, community and source; a retelling is labelled as such."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="quotations")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    is_retold = models.BooleanField(default=False)
    speaker = models.CharField(max_length=120)
    office = models.CharField(max_length=160)
    community = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    source_name = models.CharField(max_length=160)
    source_url = models.URLField(max_length=300, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("publication", "position"), name="quotation_position_once"),)

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text[:40]}"


class Happening(models.Model):
    """The event that an item announces or reports."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="happening")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    # Without a time of day in the source only the day is shown.
    is_all_day = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="happening_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.starts_at}"


class PlaceDecision(models.Model):
    """Why a community stands under an item: who put it there and by what words; by hand, or by tagging an archive."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="place_decisions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    salience = models.FloatField(default=0)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # Kept beside the person, so that a decision stays a person's after the person is erased.
    is_by_hand = models.BooleanField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("publication", "unit"), name="place_decided_once"),)

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.unit_id}"


takedown.register("newsroom.publication", _("publications"), publication_mentions)
