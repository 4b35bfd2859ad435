"""Taking over an item from a copied page: what its editors set is kept, what it only points to tags nothing.

The upper half of `operations` for whole items; it writes through it, in one transaction.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from hromadkit.places import check_code
from pobratym.accounts.models import User
from pobratym.newsroom import markup, operations, tagging
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.content import Words
from pobratym.newsroom.models import Publication
from pobratym.newsroom.reprints import LONGEST_TITLE, Reprint, Voice, read
from pobratym.territory.choices import COMMUNITIES, REGIONS
from pobratym.territory.models import Unit
from pobratym.territory.queries import places_named
from pobratym.vocabulary.choices import Origin
from pobratym.vocabulary.refusals import Refusal

LONGEST_PAGE = 400_000


class NothingToImport(Refusal):
    """The page holds no text."""

    field = "page"

    def __init__(self) -> None:
        super().__init__(_("There is no text in it: copy the whole page, with its title and its end."))


class PageTooLong(Refusal):
    """More than one item's page."""

    field = "page"

    def __init__(self) -> None:
        super().__init__(_("This is longer than one page: copy one item at a time."))


class AlreadyHere(Refusal):
    """The item was taken over before."""

    field = "page"
    status = 409


@dataclass(frozen=True, slots=True)
class Taken:
    """The draft, what the page held, and names of places that could not be told apart."""

    publication: Publication
    reprint: Reprint
    unclear: list[str]


@transaction.atomic
def import_item(*, page: str, source_url: str = "", by: User | None, at: dt.datetime) -> Taken:
    """Write a draft from a copied page.

    Raises NothingToImport, PageTooLong, AlreadyHere or what write_publication raises.
    """
    if len(page) > LONGEST_PAGE:
        raise PageTooLong
    reprint = read(page)
    if not reprint.paragraphs and not reprint.voices:
        raise NothingToImport
    _check_new(reprint, source_url)
    oblasts, hromadas, unclear = places_of(reprint)
    publication = operations.write_publication(
        title=reprint.title[:LONGEST_TITLE],
        lead=reprint.lead,
        body="".join(markup.paragraph(text) for text in reprint.paragraphs),
        dated_on=reprint.dated_on,
        tags=reprint.tags,
        hromadas=hromadas,
        oblasts=oblasts or None,
        quotations=[_words(voice) for voice in reprint.voices],
        source_name=reprint.source[: operations.LIMITS["source_name"]],
        source_url=source_url,
        origin=Origin.SOURCE,
        by=by,
        at=at,
    )
    return Taken(publication, reprint, unclear)


def _check_new(reprint: Reprint, source_url: str) -> None:
    kept = Publication.objects.exclude(state=PublicationState.WITHDRAWN)
    same = kept.filter(title=reprint.title)
    if reprint.dated_on:
        same = same.filter(dated_on=reprint.dated_on)
    if same.exists() or (source_url and kept.filter(source_url=source_url).exists()):
        raise AlreadyHere(_("“%(title)s” is here already: open it in the list of news.") % {"title": reprint.title})


def places_of(reprint: Reprint) -> tuple[list[Unit], list[Unit], list[str]]:
    """The oblasts and communities that the page's editors set, and the names that stay unclear.

    A page without such lines is tagged by its own text, its teasers left out.
    """
    if not reprint.has_labels:
        found = tagging.gazetteer().tags("\n".join(reprint.paragraphs), title=reprint.title, source=reprint.source)
        units = Unit.objects.with_parents().in_bulk([tag.code for tag in (*found.oblasts, *found.hromadas)])
        return (
            [units[tag.code] for tag in found.oblasts],
            [units[tag.code] for tag in found.hromadas],
            [],
        )
    unclear: list[str] = []
    oblasts = [unit for name in reprint.oblasts for unit in _one(name, REGIONS, unclear)]
    regions = {unit.pk for unit in oblasts}
    hromadas = [unit for name in reprint.hromadas for unit in _one(name, COMMUNITIES, unclear, regions)]
    return oblasts, hromadas, unclear


def _one(name: str, kinds: Collection[str], unclear: list[str], regions: set[str] | None = None) -> list[Unit]:
    found = places_named(name, kinds)
    within = [unit for unit in found if unit.region_code in (regions or ())]
    found = within or found
    if len(found) == 1:
        return found
    unclear.append(name)
    return []


def _words(voice: Voice) -> Words:
    named = [mention for mention in tagging.gazetteer().find(voice.office) if len(mention.hromadas) == 1]
    community = Unit.objects.get(pk=check_code(named[0].hromadas[0])) if named else None
    return Words(text=voice.text, speaker=voice.speaker, office=voice.office[:160], community=community)
