"""Feeds hold what the list shows to a stranger, in three forms that programs read."""

import datetime as dt
import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pobratym.newsroom import operations
from pobratym.newsroom.content import When
from pobratym.territory.choices import Status
from pobratym.territory.models import TerritoryStatus
from tests.newsroom.conftest import Cast, published

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, form: str, query: str = "") -> list[str]:
    content = client.get(f"/news/feed.{form}{query}").content
    if form == "json":
        return [item["title"] for item in json.loads(content)["items"]]
    tree = ET.fromstring(content)  # noqa: S314  # our own output
    entries = tree.iter(f"{ATOM}entry" if form == "atom" else "item")
    return [entry.findtext(f"{ATOM}title" if form == "atom" else "title") or "" for entry in entries]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feed_holds_the_list_of_its_filters(cast: Cast, client: Client, at: dt.datetime, form: str) -> None:
    published(cast, at, title="Калуський садок", hromadas=[cast.kalush])
    published(cast, at, title="Запорізький завод", hromadas=[cast.zaporizhzhia])
    operations.write_publication(title="Чернетка", body="<p>x</p>", by=cast.editor, at=at)

    assert sorted(titles(client, form)) == ["Запорізький завод", "Калуський садок"]
    assert titles(client, form, f"?hromada={cast.kalush.pk}") == ["Калуський садок"]
    assert titles(client, form, "?tag=нема") == []


def test_forms_say_what_readers_need(cast: Cast, client: Client, at: dt.datetime) -> None:
    item = published(cast, at, title="Садок & «школа»", hromadas=[cast.kalush])
    atom = ET.fromstring(client.get("/en/news/feed.atom").content)  # noqa: S314  # our own output
    entry = atom.find(f"{ATOM}entry")
    rss = ET.fromstring(client.get("/news/feed.rss").content)  # noqa: S314  # our own output
    feed = json.loads(client.get("/news/feed.json").content)

    assert entry is not None
    assert atom.find(f"{ATOM}link[@rel='self']").get("href").endswith("/en/news/feed.atom")  # type: ignore[union-attr]
    assert entry.findtext(f"{ATOM}id").endswith(f"/en/news/{item.pk}/")  # type: ignore[union-attr]
    assert entry.findtext(f"{ATOM}updated") == f"{item.dated_on.isoformat()}T00:00:00+02:00"
    assert rss.get("version") == "2.0"
    assert rss.findtext("channel/item/title") == "Садок & «школа»"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["tags"][-1] == "Калуська територіальна громада"


def test_reader_that_has_it_already_gets_nothing(cast: Cast, client: Client, at: dt.datetime) -> None:
    published(cast, at)
    first = client.get("/news/feed.atom")
    again = client.get("/news/feed.atom", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    published(cast, at, title="Нове")
    assert client.get("/news/feed.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_day_in_a_territory_at_risk_is_its_month(cast: Cast, client: Client, at: dt.datetime) -> None:
    day = When(starts_at=dt.datetime(2024, 2, 17, 10, tzinfo=dt.UTC))
    published(cast, at, hromadas=[cast.kalush], happening=day, dated_on=dt.date(2024, 2, 17))
    TerritoryStatus.objects.create(
        unit=cast.kalush, status=Status.ACTIVE, valid_from=dt.date(2022, 3, 1), source="наказ"
    )
    content = client.get("/news/feed.atom").content.decode()

    assert "2024-02-01T00:00:00+02:00" in content
    assert not re.search("2024-02-17", content)


def test_other_forms_are_not_there(db: None, client: Client) -> None:
    assert client.get("/news/feed.xml").status_code == 404
    assert client.post(reverse("newsroom:feed", args=["atom"])).status_code == 405


def test_list_leads_to_the_feed_of_its_filters(cast: Cast, client: Client, at: dt.datetime) -> None:
    published(cast, at, hromadas=[cast.kalush])
    page = client.get(f"/news/?hromada={cast.kalush.pk}").content.decode()

    assert f'href="/news/feed.atom?hromada={cast.kalush.pk}"' in page
    assert 'type="application/atom+xml' in page


def test_costs_the_same_for_one_and_three(cast: Cast, client: Client, at: dt.datetime) -> None:
    counts = []
    for number in (1, 2):
        for _turn in range(number):
            published(cast, at, hromadas=[cast.kalush], partnership=None)
        with CaptureQueriesContext(connection) as asked:
            client.get("/news/feed.json")
        counts.append(len(asked))

    assert counts[0] == counts[1]
