"""What hangs on a publication: tags, places, directions, authors, quotations, a happening.

The lower half of `operations`, which alone calls it, inside its transaction.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from hromadkit.places import Tags
from pobratym.accounts.models import User
from pobratym.newsroom import tagging
from pobratym.newsroom.content import AuthorLine, TagName, When, Words
from pobratym.newsroom.models import Author, Happening, PlaceDecision, Publication, Quotation, Tag, Topic
from pobratym.territory.choices import COMMUNITIES, REGIONS
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Direction
from pobratym.vocabulary.refusals import Refusal

TAG_LENGTH = 60


class TooLong(Refusal):
    """A text is over its limit."""


class Incomplete(Refusal):
    """Something that readers need is missing."""


class WrongPlace(Refusal):
    """A unit of another kind than the field is for."""


def within(field: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise TooLong(
            _("The text has %(length)d characters, the limit is %(limit)d: shorten it.")
            % {"length": len(text), "limit": limit},
            field=field,
        )
    return text


def attach(
    publication: Publication,
    *,
    tags: Sequence[str | TagName],
    hromadas: Sequence[Unit],
    oblasts: Sequence[Unit] | None,
    directions: Sequence[str],
    authors: Sequence[AuthorLine],
    quotations: Sequence[Words],
    happening: When | None,
) -> None:
    """Replace everything that hangs on the item."""
    _require_kind(hromadas, COMMUNITIES, "hromadas", _("“%(name)s” is not a hromada: choose hromadas here."))
    _require_kind(oblasts or (), REGIONS, "oblasts", _("“%(name)s” is not an oblast: choose oblasts here."))
    publication.hromadas.set(hromadas)
    publication.oblasts.set(oblasts_of(hromadas) if oblasts is None else oblasts)
    publication.tags.set([_tag(name) for name in tags])
    publication.topics.all().delete()
    chosen = {Direction(direction) for direction in directions}
    Topic.objects.bulk_create(Topic(publication=publication, direction=d) for d in Direction if d in chosen)
    publication.authors.all().delete()
    Author.objects.bulk_create(
        Author(publication=publication, position=n, name=a.name, post=a.post, institution=a.institution)
        for n, a in enumerate(authors, 1)
    )
    publication.quotations.all().delete()
    Quotation.objects.bulk_create([quotation(publication, n, words) for n, words in enumerate(quotations, 1)])
    Happening.objects.filter(publication=publication).delete()
    if happening is not None:
        _happen(publication, happening)


def confirm_places(publication: Publication, *, by: User | None, at: dt.datetime) -> None:
    """Store for each community under the item who put it there and by what words; what stays keeps its decision.

    Saving an item is a person's decision about each community in it, those of an archive's tagging among them.
    """
    units = list(publication.hromadas.all())
    publication.place_decisions.exclude(unit__in=units).delete()
    decided = set(publication.place_decisions.filter(is_by_hand=True).values_list("unit_id", flat=True))
    fresh = [unit for unit in units if unit.pk not in decided]
    if not fresh:
        return
    tags = _tags_of(publication)
    for unit in fresh:
        words, salience = tagging.words_for(unit.pk, tags)
        PlaceDecision.objects.update_or_create(
            publication=publication,
            unit=unit,
            defaults={
                "words": words, "salience": salience, "decided_by": by, "is_by_hand": True, "decided_at": at,
            },
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Retagged:
    """What tagging an archive changes under one item."""

    added: list[Unit]
    removed: list[Unit]


def retagging(publication: Publication) -> Retagged | None:
    """What retag would change; nothing is written."""
    by_hand = set(publication.place_decisions.filter(is_by_hand=True).values_list("unit_id", flat=True))
    by_tagging = set(publication.place_decisions.filter(is_by_hand=False).values_list("unit_id", flat=True))
    present = {unit.pk: unit for unit in publication.hromadas.all()}
    found = {tag.code for tag in _tags_of(publication).hromadas}
    # A community without a decision stood there before decisions were kept: a person put it there.
    removed = [present[code] for code in sorted(by_tagging - by_hand - found) if code in present]
    added = list(Unit.objects.filter(pk__in=found - set(present), kind__in=COMMUNITIES).order_by("pk"))
    return Retagged(added, removed) if added or removed else None


def retag(publication: Publication, *, at: dt.datetime) -> Retagged | None:
    """Write what retagging says."""
    change = retagging(publication)
    if change is None:
        return None
    before = list(publication.hromadas.all())
    follows = set(publication.oblasts.all()) == set(oblasts_of(before))
    publication.hromadas.add(*change.added)
    publication.hromadas.remove(*change.removed)
    publication.place_decisions.filter(unit__in=change.removed).delete()
    tags = _tags_of(publication)
    for unit in change.added:
        words, salience = tagging.words_for(unit.pk, tags)
        PlaceDecision.objects.create(
            publication=publication, unit=unit, words=words, salience=salience, is_by_hand=False, decided_at=at
        )
    if follows:
        publication.oblasts.set(oblasts_of(list(publication.hromadas.all())))
    return change


def _tags_of(publication: Publication) -> Tags:
    return tagging.tags_of(
        title=publication.title, lead=publication.lead, body=publication.body, source=publication.source_name
    )


def oblasts_of(hromadas: Sequence[Unit]) -> list[Unit]:
    """The oblasts of the hromadas, each once; a special city stands for itself."""
    codes = dict.fromkeys(unit.region_code for unit in hromadas)
    return list(Unit.objects.filter(pk__in=codes))


def _require_kind(units: Sequence[Unit], kinds: Sequence[str], field: str, sentence: str) -> None:
    for unit in units:
        if unit.kind not in kinds:
            raise WrongPlace(sentence % {"name": unit.everyday_name}, field=field)


def _tag(name: str | TagName) -> Tag:
    if isinstance(name, str):
        name = TagName(uk=name)
    uk = " ".join(name.uk.split())
    slug = slugify(uk, allow_unicode=True)
    if not slug:
        raise Incomplete(_("A tag is a word or a few words; “%(name)s” has no letters.") % {"name": uk}, field="tags")
    within("tags", uk, TAG_LENGTH)
    known = Tag.objects.filter(slug=slug).first() or Tag.objects.filter(name_en=uk).first()
    if known is None:
        known, _made = Tag.objects.get_or_create(slug=slug, defaults={"name_uk": uk, "name_en": name.en})
    if name.en and not known.name_en:
        known.name_en = name.en
        known.save(update_fields=["name_en"])
    return known


def quotation(publication: Publication, position: int, words: Words) -> Quotation:
    fields: dict[str, Any] = {name: getattr(words, name) for name in Words.__slots__}
    if not words.text.strip() or not words.speaker.strip():
        raise Incomplete(_("A quotation needs its words and who said them."), field="quotations")
    fields["source_name"] = words.source_name or publication.source_name
    fields["source_url"] = words.source_url or publication.source_url
    return Quotation(publication=publication, position=position, **fields)


def _happen(publication: Publication, happening: When) -> None:
    if happening.ends_at is not None and happening.ends_at <= happening.starts_at:
        raise Incomplete(_("The event ends before it starts: check both times."), field="happening")
    fields: dict[str, Any] = {name: getattr(happening, name) for name in When.__slots__}
    Happening.objects.create(publication=publication, **fields)


def when_of(publication: Publication) -> When | None:
    happening = Happening.objects.filter(publication=publication).first()
    if happening is None:
        return None
    return When(**{name: getattr(happening, name) for name in When.__slots__})
