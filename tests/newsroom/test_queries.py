"""Who sees what, in which order and language, at what cost."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pobratym.accounts.choices import Role
from pobratym.newsroom import operations, queries
from pobratym.newsroom.content import When, Words
from pobratym.newsroom.happenings import reader_of
from pobratym.newsroom.models import Publication
from pobratym.partnerships.models import Partnership
from pobratym.territory.choices import Kind
from pobratym.territory.models import Unit
from tests.newsroom.conftest import Cast, hromada, person, published, write

ENGLISH = {"language": "en", "title": "In English", "lead": "A lead.", "body": "<p>Text.</p>"}


def titles(found: Any) -> list[str]:
    return [publication.title for publication in found]


def translated(cast: Cast, publication: Publication, at: dt.datetime, *, shown: bool) -> Publication:
    made = operations.add_translation(publication=publication, by=cast.coordinator, at=at, **ENGLISH)
    if shown:
        operations.submit_for_review(publication=made, by=cast.coordinator, at=at)
        operations.publish(publication=made, by=cast.editor, at=at)
    return made


class TestVisible:
    def test_draft_is_for_its_writer_and_editors(self, cast: Cast, at: dt.datetime) -> None:
        draft = write(cast.coordinator, at)
        stranger = person("coordinator of Zaporizhzhia", Role.COORDINATOR, cast.zaporizhzhia_council)

        seen = {
            user.name: draft in queries.visible_to(user, at)
            for user in (cast.coordinator, cast.editor, cast.reader, stranger)
        }

        assert seen == {
            "coordinator of Kalush": True,
            "editor": True,
            "reader": False,
            "coordinator of Zaporizhzhia": False,
        }
        assert draft not in queries.visible_to(None, at)

    def test_published_is_for_everyone_and_withdrawn_is_not(self, cast: Cast, at: dt.datetime) -> None:
        shown = published(cast, at)
        gone = published(cast, at, title="Знято")
        operations.withdraw(publication=gone, reason="Помилка.", by=cast.editor, at=at)

        assert list(queries.visible_to(None, at)) == [shown]
        assert gone in queries.visible_to(cast.coordinator, at)

    def test_editor_of_a_body_answers_for_its_communities(self, cast: Cast, at: dt.datetime) -> None:
        own = person("editor of Kalush", Role.EDITOR, cast.kalush_council)
        about_kalush = write(cast.coordinator, at, hromadas=[cast.kalush])
        about_another = write(cast.coordinator, at, hromadas=[cast.zaporizhzhia])

        assert list(queries.visible_to(own, at)) == [about_kalush]
        assert about_another not in queries.edited_by(own, at)

    def test_party_sees_what_waits_about_its_partnership(
        self, cast: Cast, partnership: Partnership, at: dt.datetime
    ) -> None:
        other_side = person("signatory of Zaporizhzhia", Role.SIGNATORY, cast.zaporizhzhia_council)
        draft = write(cast.coordinator, at, partnership=partnership)

        before = draft in queries.visible_to(other_side, at)
        operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)

        assert (before, draft in queries.visible_to(other_side, at)) == (False, True)

    def test_editor_finds_what_others_handed_in(self, cast: Cast, at: dt.datetime) -> None:
        for writer in (cast.coordinator, cast.editor):
            draft = write(writer, at, title=writer.name)
            operations.submit_for_review(publication=draft, by=writer, at=at)
        write(cast.coordinator, at, title="ще чернетка")

        assert titles(queries.waiting_for(cast.editor, at)) == ["coordinator of Kalush"]
        assert titles(queries.waiting_for(cast.coordinator, at)) == []
        assert set(titles(queries.unfinished_of(cast.coordinator))) == {"coordinator of Kalush", "ще чернетка"}


class TestListed:
    def test_each_item_once_in_the_readers_language(self, cast: Cast, at: dt.datetime) -> None:
        translated(cast, published(cast, at, title="Із перекладом"), at, shown=True)
        translated(cast, published(cast, at, title="Переклад чекає"), at, shown=False)
        write(cast.coordinator, at, title="Чернетка")

        assert titles(queries.listed("uk")) == ["Переклад чекає", "Із перекладом"]
        assert set(titles(queries.listed("en"))) == {"In English", "Переклад чекає"}

    @pytest.mark.parametrize(
        "chosen",
        [
            {"type": "column"},
            {"tag": "економіка"},
            {"direction": "jobs"},
            {"hromada": "kalush"},
            {"oblast": "kalush"},
        ],
    )
    def test_filters_narrow(self, cast: Cast, at: dt.datetime, chosen: dict[str, str]) -> None:
        published(cast, at, title="Те", type="column", tags=["економіка"], directions=["jobs"], hromadas=[cast.kalush])
        published(cast, at, title="Інше", tags=["інше"], directions=["sme"], hromadas=[cast.zaporizhzhia])
        codes = {"hromada": cast.kalush.pk, "oblast": cast.kalush.oblast_id}

        found = queries.listed("uk", **{name: codes.get(name, value) for name, value in chosen.items()})

        assert titles(found) == ["Те"]

    def test_newest_day_first(self, cast: Cast, at: dt.datetime) -> None:
        for day in (3, 1, 2):
            published(cast, at, title=str(day), dated_on=dt.date(2025, 11, day))

        assert titles(queries.listed("uk")) == ["3", "2", "1"]

    def test_costs_the_same_for_one_and_three(self, cast: Cast, at: dt.datetime) -> None:
        def cost() -> int:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                for item in queries.listed("uk"):
                    list(item.authors.all())
                    [unit.everyday_name for unit in item.hromadas.all()]
                    getattr(item, "happening", None)
            return len(asked)

        published(cast, at, hromadas=[cast.kalush])
        one = cost()
        for _n in range(2):
            published(cast, at, hromadas=[cast.kalush, cast.zaporizhzhia])

        assert cost() == one


class TestAbout:
    def test_place_of_every_level_finds_its_news(self, cast: Cast, at: dt.datetime) -> None:
        published(cast, at, title="Калуш", hromadas=[cast.kalush])
        published(cast, at, title="Запоріжжя", hromadas=[cast.zaporizhzhia])
        city = Unit.objects.get(kind=Kind.CITY, name="Калуш", hromada=cast.kalush)

        for unit in (cast.kalush, cast.kalush.oblast, cast.kalush.raion, city):
            assert titles(queries.about_place(unit, "uk")) == ["Калуш"]

    def test_partnership_finds_its_news_and_voices(self, cast: Cast, partnership: Partnership, at: dt.datetime) -> None:
        words = [Words(text="Перше.", speaker="А"), Words(text="Друге.", speaker="Б")]
        shown = published(cast, at, partnership=partnership, quotations=words)
        operations.add_translation(
            publication=shown, by=cast.coordinator, at=at, quotations=[Words(text="First.", speaker="A")], **ENGLISH
        )
        write(cast.coordinator, at, partnership=partnership, quotations=[Words(text="Чернетка.", speaker="В")])

        assert list(queries.about_partnership(partnership, "uk")) == [shown]
        assert [quotation.text for quotation in queries.quotations_of(partnership, "uk")] == ["Перше.", "Друге."]
        assert [quotation.text for quotation in queries.quotations_of(partnership, "en")] == ["Перше.", "Друге."]

    def test_upcoming_are_the_nearest_first(self, cast: Cast, at: dt.datetime) -> None:
        for day in (27, 25, 20):
            starts = dt.datetime(2025, 11, day, 7, 30, tzinfo=dt.UTC)
            published(cast, at, title=str(day), type="event", happening=When(starts_at=starts))

        assert titles(queries.upcoming(dt.date(2025, 11, 25), reader_of(None, dt.date(2025, 11, 25)), "uk")) == [
            "25",
            "27",
        ]


class TestRelated:
    def test_hromada_before_direction_before_tag_before_date(self, cast: Cast, at: dt.datetime) -> None:
        item = published(cast, at, title="Сам", hromadas=[cast.kalush], directions=["jobs"], tags=["економіка"])
        lviv = hromada("Львівська", "Львівська")
        old, new = dt.date(2024, 1, 1), dt.date(2025, 1, 1)
        published(cast, at, title="дата", dated_on=new, hromadas=[lviv])
        published(cast, at, title="тег", dated_on=old, tags=["економіка"])
        published(cast, at, title="напрям", dated_on=old, directions=["jobs"])
        published(cast, at, title="громада", dated_on=old, hromadas=[cast.kalush])
        published(cast, at, title="громада новіша", dated_on=new, hromadas=[cast.kalush])
        write(cast.coordinator, at, title="чернетка", hromadas=[cast.kalush])

        assert titles(queries.related(item, limit=5)) == ["громада новіша", "громада", "напрям", "тег", "дата"]
        assert len(queries.related(item)) == 4

    def test_leaves_out_itself_and_its_translations(self, cast: Cast, at: dt.datetime) -> None:
        item = published(cast, at, hromadas=[cast.kalush])
        english = translated(cast, item, at, shown=True)

        with translation.override("en"):
            assert queries.related(item) == []
            assert queries.related(english) == []

    def test_costs_the_same_for_one_and_three(self, cast: Cast, at: dt.datetime) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                for other in queries.related(item):
                    [unit.everyday_name for unit in other.hromadas.all()]
            return len(asked)

        item = published(cast, at, hromadas=[cast.kalush])
        published(cast, at, hromadas=[cast.kalush])
        one = cost()
        for _n in range(2):
            published(cast, at, hromadas=[cast.kalush])

        assert cost() == one


def test_only_what_is_in_use_is_offered(cast: Cast, at: dt.datetime) -> None:
    published(cast, at, hromadas=[cast.kalush], tags=["економіка"])
    write(cast.coordinator, at, hromadas=[cast.zaporizhzhia], tags=["чернетка"])

    assert [tag.slug for tag in queries.tags_in_use()] == ["економіка"]
    assert list(queries.oblasts_in_use()) == [cast.kalush.oblast]
    assert list(queries.hromadas_in_use()) == [cast.kalush]
    assert list(queries.hromadas_in_use(cast.kalush.oblast_id or "")) == [cast.kalush]
    assert not queries.hromadas_in_use(cast.zaporizhzhia.oblast_id or "").exists()


def test_translation_is_found_from_both_sides_once_it_is_published(cast: Cast, at: dt.datetime) -> None:
    item = published(cast, at)
    english = translated(cast, item, at, shown=False)

    waiting = queries.translation_in(item, "en")
    operations.submit_for_review(publication=english, by=cast.coordinator, at=at)
    operations.publish(publication=english, by=cast.editor, at=at)

    assert waiting is None
    assert queries.translation_in(item, "en") == english
    assert queries.translation_in(english, "uk") == item
