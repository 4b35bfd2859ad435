"""The founding item and the items beside it, written and published by the newsroom's operations."""

import datetime as dt

from pobratym.newsroom import operations as newsroom
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.content import AuthorLine, TagName, When, Words
from pobratym.newsroom.models import Publication
from pobratym.portal.demonstration import texts
from pobratym.portal.demonstration.cast import KALUSH, ZAPORIZHZHIA, person
from pobratym.portal.demonstration.texts import TAGS, Item
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Origin

SIDE_MOMENT = dt.datetime(2025, 11, 24, 9, tzinfo=dt.UTC)


def quotations(*, language: str) -> list[Words]:
    """The two voices of the founding item, retold, with their source."""
    is_english = language == "en"
    source = texts.PORTAL_EN if is_english else texts.PORTAL
    return [
        Words(
            text=texts.NAIDA_EN if is_english else texts.NAIDA_UK,
            speaker="Andrii Naida" if is_english else "Андрій Найда",
            office="Mayor of Kalush" if is_english else "Калуський міський голова",
            community=Unit.objects.get(pk=KALUSH),
            source_name=source,
            source_url=texts.FOUNDING_URL,
            is_retold=True,
        ),
        Words(
            text=texts.KURTIEV_EN if is_english else texts.KURTIEV_UK,
            speaker="Anatolii Kurtiev" if is_english else "Анатолій Куртєв",
            office="secretary of Zaporizhzhia City Council" if is_english else "секретар Запорізької міської ради",
            community=Unit.objects.get(pk=ZAPORIZHZHIA),
            source_name=source,
            source_url=texts.FOUNDING_URL,
            is_retold=True,
        ),
    ]


def tags(*slugs: str) -> list[TagName]:
    """Topics by their key."""
    return [TagName(*TAGS[slug]) for slug in slugs]


def tell_founding_item(draft: Publication, *, at: dt.datetime) -> None:
    """Give the draft that was written from the record the words of the founding item, in both languages."""
    for item in (draft, *draft.translations.all()):
        words = texts.FOUNDING_EN if item.language == "en" else texts.FOUNDING_UK
        newsroom.change_publication(
            publication=item,
            version=item.version,
            title=words.title,
            lead=words.lead,
            body=words.body,
            dated_on=item.dated_on,
            type=item.type,
            tags=tags("memorandum", "economy"),
            hromadas=list(item.hromadas.all()),
            oblasts=None,
            directions=item.directions,
            partnership=item.partnership,
            authors=(),
            quotations=quotations(language=item.language),
            happening=None,
            source_name=words.source,
            source_url=texts.FOUNDING_URL,
            by=None,
            at=at,
        )


def publish(item: Publication, *, at: dt.datetime) -> None:
    """Bring an item and its translation through review to the reader, unless someone did it by hand."""
    for text in (item, *item.translations.all()):
        text.refresh_from_db()
        if text.state == PublicationState.DRAFT:
            newsroom.submit_for_review(publication=text, by=None, at=at)
            text.refresh_from_db()
        if text.state == PublicationState.REVIEW:
            newsroom.publish(publication=text, by=person("editor"), at=at)


def tell_side_items(*, at: dt.datetime) -> None:
    """The four items that stood beside the founding one."""
    for item in texts.SIDE_ITEMS:
        publish(_write(item, at=at), at=at)


def _write(item: Item, *, at: dt.datetime) -> Publication:
    happening = When(starts_at=item.starts_at) if item.starts_at else None
    written = newsroom.write_publication(
        type=item.type,
        title=item.uk.title,
        lead=item.uk.lead,
        body=item.uk.body,
        dated_on=item.dated_on,
        tags=tags(*item.tags),
        hromadas=list(Unit.objects.filter(pk__in=item.hromadas)),
        authors=[AuthorLine(*author) for author in item.authors_uk],
        happening=happening,
        source_name=item.uk.source,
        origin=Origin.FOUNDING,
        by=None,
        at=at,
    )
    newsroom.add_translation(
        publication=written,
        language="en",
        title=item.en.title,
        lead=item.en.lead,
        body=item.en.body,
        authors=[AuthorLine(*author) for author in item.authors_en],
        happening=happening,
        source_name=item.en.source,
        by=None,
        at=at,
    )
    return written
