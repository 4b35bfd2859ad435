"""Publications with their authors, quotations, tags, places and happenings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from pobratym.agreements.models import Agreement
from pobratym.newsroom.choices import PublicationState, PublicationType
from pobratym.partnerships.models import Partnership
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Origin


class Tag(models.Model):
    """A topic."""

    slug = models.SlugField(max_length=60, unique=True)
    name_uk = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the present language."""
        return self.name_en if get_language() == "en" else self.name_uk


class Publication(models.Model):
    """An item of the newsroom in one language; a translation is an item linked to its original."""

    type = models.CharField(max_length=10, choices=PublicationType, default=PublicationType.NEWS)
    state = models.CharField(max_length=10, choices=PublicationState, default=PublicationState.DRAFT)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="uk")
    translation_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="translations")
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    source_url = models.URLField(blank=True)
    # The day the item speaks of itself: for a founding item, the source's own date.
    dated_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="publications")
    oblasts = models.ManyToManyField(Unit, blank=True, related_name="+")
    hromadas = models.ManyToManyField(Unit, blank=True, related_name="publications")
    directions = models.JSONField(default=list, blank=True)
    partnership = models.ForeignKey(Partnership, models.SET_NULL, null=True, blank=True, related_name="publications")
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, blank=True, related_name="publications")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(published_at=None),
                name="published_has_its_time",
            ),
            # A signed paper is announced once in each language.
            models.UniqueConstraint(
                fields=("agreement", "language", "type"),
                condition=~Q(agreement=None),
                name="agreement_announced_once",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Author(models.Model):
    """An author as the item names him or her."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)
    institution = models.CharField(max_length=160, blank=True)

    class Meta:
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
    source_url = models.URLField(blank=True)

    class Meta:
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
    online_url = models.URLField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="happening_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.starts_at}"
