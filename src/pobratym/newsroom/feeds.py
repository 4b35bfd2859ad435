"""Feeds of the news: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of the same items that the list shows to a stranger."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from pobratym.newsroom.happenings import Reader, is_coarse
from pobratym.newsroom.models import Publication

MOST = 50
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
_XML: dict[str, type[SyndicationFeed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is about: its title, the page of the same items, its own address, its language."""

    title: str
    page: str
    address: str
    language: str


def written(form: str, channel: Channel, publications: Iterable[Publication], reader: Reader) -> bytes:
    """The feed in one of the forms of TYPES."""
    items = [(publication, _moment(publication, reader)) for publication in publications]
    return _json(channel, items) if form == "json" else _xml(_XML[form], channel, items)


def _moment(publication: Publication, reader: Reader) -> dt.datetime:
    """The day the item speaks of itself; of an item with a hidden day, its month."""
    day = publication.dated_on.replace(day=1) if is_coarse(publication, reader) else publication.dated_on
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _address(publication: Publication) -> str:
    return settings.ADDRESS + reverse("newsroom:item", args=[publication.pk])


def _categories(publication: Publication) -> list[str]:
    return [tag.name for tag in publication.tags.all()] + [unit.everyday_name for unit in publication.hromadas.all()]


def _xml(kind: type[SyndicationFeed], channel: Channel, items: list[tuple[Publication, dt.datetime]]) -> bytes:
    feed = kind(
        title=channel.title,
        link=channel.page,
        description=channel.title,
        language=channel.language,
        feed_url=channel.address,
    )
    for publication, moment in items:
        address = _address(publication)
        feed.add_item(
            title=publication.title,
            link=address,
            description=publication.lead,
            unique_id=address,
            pubdate=moment,
            updateddate=moment,
            categories=_categories(publication),
        )
    text: str = feed.writeString("utf-8")
    return text.encode()


def _json(channel: Channel, items: list[tuple[Publication, dt.datetime]]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "language": channel.language,
        "items": [
            {
                "id": _address(publication),
                "url": _address(publication),
                "title": publication.title,
                "summary": publication.lead,
                "content_html": publication.body,
                "date_published": moment.isoformat(),
                "language": publication.language,
                "tags": _categories(publication),
            }
            for publication, moment in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()
