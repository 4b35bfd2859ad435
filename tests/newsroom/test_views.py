"""Pages: who gets them, what stands in them in which order, what they refuse."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from pobratym.newsroom import operations
from pobratym.newsroom.content import AuthorLine, When, Words
from pobratym.newsroom.models import Publication
from pobratym.partnerships.models import Partnership
from pobratym.vocabulary.choices import Visibility
from tests.newsroom.conftest import Cast, address, page, published, signed_in, write

STARTS = dt.datetime(2025, 11, 27, 7, 30, tzinfo=dt.UTC)


def test_who_opens_what(cast: Cast, client: Client, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at)
    waiting = operations.submit_for_review(publication=write(cast.coordinator, at), by=cast.coordinator, at=at)
    shown = published(cast, at)
    visitors = {
        "stranger": client,
        "reader": signed_in(cast.reader),
        "writer": signed_in(cast.coordinator),
        "editor": signed_in(cast.editor),
    }

    def statuses(at_address: str) -> list[int]:
        return [visitor.get(at_address).status_code for visitor in visitors.values()]

    assert statuses(address("list")) == [200, 200, 200, 200]
    assert statuses(address("item", shown)) == [200, 200, 200, 200]
    assert statuses(address("item", draft)) == [404, 404, 200, 200]
    assert statuses(address("edit", draft)) == [404, 404, 200, 200]
    assert statuses(address("translate", draft)) == [404, 404, 200, 200]
    assert statuses(address("edit", shown)) == [302, 403, 403, 200]
    assert statuses(address("write")) == [302, 403, 200, 200]
    assert statuses(address("review")) == [302, 403, 200, 200]
    posted = [visitor.post(address("publish", waiting)).status_code for visitor in visitors.values()]
    assert posted == [404, 404, 403, 302]


def test_item_tells_in_the_order_of_the_portal(
    cast: Cast, partnership: Partnership, client: Client, at: dt.datetime
) -> None:
    shown = published(
        cast, at, title="Заголовок", lead="Лід матеріалу.", body="<p>Тіло матеріалу.</p>",
        dated_on=dt.date(2024, 2, 20), tags=["меморандум"], hromadas=[cast.kalush, cast.zaporizhzhia],
        partnership=partnership, quotations=[Words(text="Слова мера.", speaker="Мер", office="голова")],
        authors=[AuthorLine("Авторка", "дослідниця", "Інститут")],
    )  # fmt: skip
    published(cast, at, title="Сусідній", hromadas=[cast.kalush])

    text = page(client, address("item", shown))

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index("<article") :])).replace("\xa0", " ")
    order = [
        "20 лютого 2024", "новина", "Заголовок", "Авторка", "дослідниця", "Лід матеріалу.", "Тіло матеріалу.",
        "Слова мера.", "Мер", "Що з цього вийшло?", "До партнерства",
        "Теги", "меморандум", "Область", "Запорізька область", "Івано-Франківська область",
        "Громади", "Запорізька територіальна громада", "Калуська територіальна громада",
        "Джерело", "Портал «Децентралізація»", "Поряд", "Сусідній",
    ]  # fmt: skip
    places = []
    for words in order:
        places.append(text.index(words, places[-1] if places else 0))
    assert places == sorted(places)


def test_item_leads_to_its_communities_and_partnership(
    cast: Cast, partnership: Partnership, client: Client, at: dt.datetime
) -> None:
    text = page(client, address("item", published(cast, at, hromadas=[cast.kalush], partnership=partnership)))

    assert reverse("portal:place", args=[cast.kalush.pk]) in text
    assert reverse("portal:place", args=[cast.kalush.oblast_id]) in text
    assert reverse("portal:partnership", args=[partnership.pk]) in text


def test_partnership_that_the_reader_may_not_open_is_not_named(
    cast: Cast, partnership: Partnership, client: Client, at: dt.datetime
) -> None:
    Partnership.objects.filter(pk=partnership.pk).update(visibility=Visibility.TEAM)
    shown = published(cast, at, partnership=partnership)
    link = reverse("portal:partnership", args=[partnership.pk])

    assert link not in page(client, address("item", shown))
    assert link in page(signed_in(cast.coordinator), address("item", shown))


class TestLanguages:
    ENGLISH = {"language": "en", "title": "In English", "lead": "A lead.", "body": "<p>Text.</p>"}

    def test_only_language_is_told(self, cast: Cast, client: Client, at: dt.datetime) -> None:
        shown = published(cast, at)

        assert "one language only: Ukrainian" in page(client, address("item", shown, "en"))
        assert "лише однією мовою" not in page(client, address("item", shown))

    def test_switch_of_languages_leads_to_the_translation_and_back(
        self, cast: Cast, client: Client, at: dt.datetime
    ) -> None:
        shown = published(cast, at, tags=["меморандум"])
        english = operations.add_translation(publication=shown, by=cast.coordinator, at=at, **self.ENGLISH)
        assert "In English" not in page(client, address("item", shown, "en"))
        operations.submit_for_review(publication=english, by=cast.coordinator, at=at)
        operations.publish(publication=english, by=cast.editor, at=at)

        there = client.get(address("item", shown, "en"))
        back = client.get(address("item", english, "uk"))

        assert there.headers["Location"] == address("item", english, "en")
        assert back.headers["Location"] == address("item", shown, "uk")
        assert "In English" in page(client, address("list", language="en"))
        assert "In English" in page(client, address("item", shown, "uk"))

    def test_original_without_translation_is_marked_in_the_list(
        self, cast: Cast, client: Client, at: dt.datetime
    ) -> None:
        published(cast, at)

        assert re.search(r"·\s+Ukrainian", page(client, address("list", language="en")))
        assert not re.search(r"·\s+українська", page(client, address("list")))


class TestList:
    def test_filters_and_pages(self, cast: Cast, client: Client, at: dt.datetime) -> None:
        for number in range(13):
            published(cast, at, title=f"Матеріал {number}", hromadas=[cast.kalush])
        published(cast, at, title="Запорізький", hromadas=[cast.zaporizhzhia], directions=["jobs"])

        first = page(client, address("list"))
        filtered = page(client, f"{address('list')}?hromada={cast.zaporizhzhia.pk}&direction=jobs")

        assert "page=2" in first
        assert "Матеріал 0<" in page(client, f"{address('list')}?page=2")
        assert "Запорізький" in filtered
        assert "Матеріал" not in filtered
        assert re.search(rf'value="{cast.zaporizhzhia.pk}"\s+selected', filtered)

    @pytest.mark.parametrize("query", ["type=nothing", "hromada=UA00", "tag=%01", "page=999", "page=x", "oblast=%27"])
    def test_odd_addresses_are_answered(self, cast: Cast, client: Client, at: dt.datetime, query: str) -> None:
        published(cast, at)

        page(client, f"{address('list')}?{query}")

    @pytest.mark.parametrize("name", ["list", "item"])
    def test_costs_the_same_for_one_and_three(self, cast: Cast, client: Client, at: dt.datetime, name: str) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                page(client, address(name, shown if name == "item" else None))
            return len(asked)

        def another() -> Publication:
            return published(
                cast, at, hromadas=[cast.kalush, cast.zaporizhzhia], tags=["економіка"], authors=[AuthorLine("А")],
                happening=When(starts_at=STARTS), quotations=[Words(text="Слова", speaker="Мер")], type="event",
            )  # fmt: skip

        shown = another()
        another()
        one = cost()
        another()
        another()

        assert cost() == one


class TestCalendar:
    def test_file_is_read_back(self, cast: Cast, client: Client, at: dt.datetime) -> None:
        shown = published(
            cast, at, title="Презентація; дослідження", type="event",
            happening=When(starts_at=STARTS, ends_at=STARTS + dt.timedelta(hours=2), place="Київ, зала 1"),
        )  # fmt: skip

        answer = client.get(address("calendar", shown))

        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert event.decoded("dtstart") == STARTS
        assert event.decoded("dtend") == STARTS + dt.timedelta(hours=2)
        assert str(event["summary"]) == "Презентація; дослідження"
        assert str(event["location"]) == "Київ, зала 1"
        assert str(event["url"]).endswith(address("item", shown))

    def test_day_without_a_time_is_a_whole_day(self, cast: Cast, client: Client, at: dt.datetime) -> None:
        midnight = dt.datetime(2025, 11, 26, 22, 0, tzinfo=dt.UTC)
        shown = published(cast, at, type="event", happening=When(starts_at=midnight, is_all_day=True))

        (event,) = Calendar.from_ical(client.get(address("calendar", shown)).content).walk("VEVENT")

        assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2025, 11, 27), dt.date(2025, 11, 28))

    def test_time_on_the_page_is_kyivs(self, cast: Cast, client: Client, at: dt.datetime) -> None:
        ends = STARTS + dt.timedelta(hours=1)
        shown = published(cast, at, type="event", happening=When(starts_at=STARTS, ends_at=ends))

        text = page(client, address("item", shown)).replace("\xa0", " ")

        assert "27 листопада 2025, 9:30" in text
        assert "10:30" in text
        assert address("calendar", shown) in text

    def test_only_what_is_visible_and_happens_has_one(self, cast: Cast, client: Client, at: dt.datetime) -> None:
        page(client, address("calendar", published(cast, at)), 404)
        page(client, address("calendar", write(cast.coordinator, at, happening=When(starts_at=STARTS))), 404)
