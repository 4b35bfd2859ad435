"""Bodies and office-holders, both for a period."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hromadkit import places
from pobratym.organisations import takedown
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.takedown import IN_FORCE, Sought
from pobratym.organisations.visibility import circle_of, visible
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.vocabulary.choices import Origin, Visibility

NAMES = ("name_uk", "name_en", "short_name_uk", "short_name_en", "edrpou")


def body_mentions(sought: Sought) -> Q:
    """A body by its code or one of its names."""
    return sought.within(*NAMES)


class BodyQuerySet(models.QuerySet["Body"]):
    def visible_to(self, user: object) -> "BodyQuerySet":
        """Bodies are public, but for those that are taken down: these only their own people and moderators see."""
        mine = circle_of(user)
        return self if mine.is_moderator else self.filter(Q(pk__in=mine.bodies) | ~body_mentions(IN_FORCE))

    def acting(self, on: dt.date) -> "BodyQuerySet":
        """Bodies that act on the day."""
        return self.filter(Q(acts_from=None) | Q(acts_from__lte=on), Q(acts_to=None) | Q(acts_to__gt=on))

    def of(self, territory: Unit | CommunityAbroad) -> "BodyQuerySet":
        """Bodies of a territory, here or abroad."""
        return self.filter(**{"unit" if isinstance(territory, Unit) else "abroad": territory})

    def named(self, text: str) -> "BodyQuerySet":
        """Bodies by a part of any of their names, in either script, or by their code."""
        key = places.search_key(text[:80].replace("|", " "))
        return self.filter(keys__contains=key) if key else self

    def in_order(self) -> "BodyQuerySet":
        """In the order of the Ukrainian alphabet."""
        return self.order_by("sort_key", "pk")

    def overlapping(self, begin: dt.date | None, end: dt.date | None) -> "BodyQuerySet":
        """Bodies whose period shares a day with the given half-open one; an empty end is open."""
        found = self
        if begin is not None:
            found = found.filter(Q(acts_to=None) | Q(acts_to__gt=begin))
        if end is not None:
            found = found.filter(Q(acts_from=None) | Q(acts_from__lt=end))
        return found


class Body(models.Model):
    """A council, military administration or municipality abroad that acts for a territory for a period.

    Bodies are public by their nature, so they carry no visibility; their office-holders do.
    """

    kind = models.CharField(max_length=10, choices=BodyKind)
    name_uk = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    short_name_uk = models.CharField(max_length=80)
    short_name_en = models.CharField(max_length=80)
    edrpou = models.CharField(max_length=8, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="bodies")
    abroad = models.ForeignKey(CommunityAbroad, models.PROTECT, null=True, blank=True, related_name="bodies")
    official_email = models.EmailField(blank=True)
    # Where the address is published: whoever confirms by it is only as trusted as this page.
    official_email_source = models.URLField(blank=True)
    website = models.URLField(blank=True)
    acts_from = models.DateField(null=True, blank=True)
    acts_to = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True)
    # The body before it on the same territory: a military administration follows a council.
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1)
    # All keys it is found by, each between bars, and its place in the alphabet; operations write them.
    keys = models.TextField(blank=True, default="")
    sort_key = models.CharField(max_length=240, blank=True, default="", db_index=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(unit=None) & ~Q(abroad=None)) | (~Q(unit=None) & Q(abroad=None)),
                name="body_acts_for_one_territory",
            ),
            models.CheckConstraint(
                condition=Q(acts_to=None) | Q(acts_from=None) | Q(acts_to__gt=F("acts_from")),
                name="body_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=("edrpou",), condition=~Q(edrpou=""), name="body_edrpou_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The full name in the present language."""
        return self.name_en if get_language() == "en" else self.name_uk

    @property
    def short_name(self) -> str:
        """How people call the community: “Калуш”."""
        return self.short_name_en if get_language() == "en" else self.short_name_uk

    @property
    def territory(self) -> Unit | CommunityAbroad | None:
        """The one territory it acts for."""
        return self.unit or self.abroad

    def write_keys(self) -> None:
        """Compute what it is found and ordered by from its names; saving is the caller's."""
        names = [self.short_name_uk, self.short_name_en, self.name_uk, self.name_en, self.edrpou]
        if self.abroad is not None:
            names += [self.abroad.name_uk, self.abroad.name_en, self.abroad.name_own]
        keys = dict.fromkeys(key for name in names if (key := places.search_key(name).replace("|", " ")))
        self.keys = f"|{'|'.join(keys)}|"
        self.sort_key = places.sort_key(f"{self.short_name_uk} {self.name_uk}")[:240]


def holder_mentions(sought: Sought) -> Q:
    """An office-holder by the body, the post, or whatever else names it."""
    texts = ("person_uk", "person_en", "post_uk", "post_en", "source_url")
    return sought.within(*texts, *(f"body__{name}" for name in NAMES))


class OfficeHolderQuerySet(models.QuerySet["OfficeHolder"]):
    def holding(self, on: dt.date) -> "OfficeHolderQuerySet":
        """Those in office on the day; an unknown date does not exclude."""
        return self.filter(Q(holds_from=None) | Q(holds_from__lte=on), Q(holds_to=None) | Q(holds_to__gt=on))

    def visible_to(self, user: object) -> "OfficeHolderQuerySet":
        """Those whom the user may see; partners are all members of bodies on the platform."""
        return self.filter(visible(user, team="body_id", hidden=holder_mentions(IN_FORCE)))


class OfficeHolder(models.Model):
    """Who holds an office of a body, by what mandate, from when till when; an unknown date is empty."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="office_holders")
    person_uk = models.CharField(max_length=120)
    person_en = models.CharField(max_length=120)
    post_uk = models.CharField(max_length=160)
    post_en = models.CharField(max_length=160)
    mandate = models.CharField(max_length=10, choices=Mandate)
    may_sign = models.BooleanField(default=False)
    holds_from = models.DateField(null=True, blank=True)
    holds_to = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.OWN)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    version = models.PositiveIntegerField(default=1)

    objects = OfficeHolderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(holds_to=None) | Q(holds_from=None) | Q(holds_to__gt=F("holds_from")),
                name="office_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"

    @property
    def person(self) -> str:
        """The name in the present language."""
        return self.person_en if get_language() == "en" else self.person_uk

    @property
    def post(self) -> str:
        """The post in the present language."""
        return self.post_en if get_language() == "en" else self.post_uk


takedown.register("organisations.body", _("bodies"), body_mentions)
takedown.register("organisations.officeholder", _("office-holders"), holder_mentions)
