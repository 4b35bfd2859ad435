"""Writing and reviewing in the browser: what a plain form can do, what is refused on the page."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from pobratym.newsroom import operations
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.models import Publication
from tests.newsroom.conftest import Cast, address, page, signed_in, write

STARTS = dt.datetime(2025, 11, 27, 7, 30, tzinfo=dt.UTC)
MANAGEMENT = {
    f"{prefix}-{name}": value
    for prefix, total in (("authors", "2"), ("quotations", "3"), ("hromadas", "3"))
    for name, value in (("TOTAL_FORMS", total), ("INITIAL_FORMS", "0"))
}
FILLED = MANAGEMENT | {
    "type": "news",
    "language": "uk",
    "title": "Спільний проєкт",
    "lead": "Громади почали спільний проєкт.",
    "body": "Перший абзац.\r\n\r\nДругий абзац.",
    "dated_on": "2025-11-24",
    "source_name": "Прес-служба",
    "tags": "економіка, меморандум",
    "directions": ["jobs"],
    "hromadas-0-unit": "Калуська територіальна громада",
    "authors-0-name": "Авторка",
    "authors-0-institution": "Інститут",
    "quotations-0-text": "Разом легше.",
    "quotations-0-speaker": "Голова",
    "starts_on": "2025-11-27",
    "starts_at": "09:30",
    "place": "Київ",
}


def stored() -> Publication:
    return Publication.objects.get()


class TestWriting:
    def test_plain_form_writes_everything(self, cast: Cast) -> None:
        answer = signed_in(cast.coordinator).post(address("write"), {**FILLED, "save": ""})

        made = stored()
        assert answer.headers["Location"] == address("item", made)
        assert (made.state, made.written_by) == (PublicationState.DRAFT, cast.coordinator)
        assert made.body == "<p>Перший абзац.</p>\n<p>Другий абзац.</p>"
        assert {tag.name_uk for tag in made.tags.all()} == {"економіка", "меморандум"}
        assert list(made.hromadas.all()) == [cast.kalush]
        assert [unit.pk for unit in made.oblasts.all()] == [cast.kalush.oblast_id]
        assert made.authors.get().institution == "Інститут"
        assert made.quotations.get().source_name == "Прес-служба"
        assert (made.happening.starts_at, made.happening.is_all_day) == (STARTS, False)

    def test_button_hands_it_in(self, cast: Cast) -> None:
        signed_in(cast.coordinator).post(address("write"), {**FILLED, "submit": ""})

        assert stored().state == PublicationState.REVIEW

    def test_incomplete_text_is_saved_but_not_handed_in(self, cast: Cast) -> None:
        answer = signed_in(cast.coordinator).post(address("write"), {**FILLED, "lead": "", "submit": ""}, follow=True)

        assert stored().state == PublicationState.DRAFT
        assert "Чернетку збережено, але не подано." in answer.content.decode()

    def test_preview_saves_nothing(self, cast: Cast) -> None:
        answer = signed_in(cast.coordinator).post(address("write"), {**FILLED, "preview": ""})

        assert answer.status_code == 200
        assert "<p>Другий абзац.</p>" in answer.content.decode()
        assert not Publication.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"body": "<p>а</p><script>go()</script>"}, "&lt;script&gt;"),
            ({"body": "<p>а</p><script>go()</script>", "preview": ""}, "&lt;script&gt;"),
            ({"title": ""}, "Заголовок матеріалу"),
            ({"lead": "а" * 301}, "Лід"),
            ({"hromadas-0-unit": "Нетаківська"}, "Нетаківська"),
            ({"hromadas-0-unit": "Миколаївська"}, "Миколаївська"),
            ({"quotations-0-speaker": ""}, "Заповніть це поле"),
            ({"authors-0-name": ""}, "Заповніть це поле"),
            ({"starts_on": ""}, "Вкажіть день"),
            ({"ends_on": "2025-11-26"}, "раніше, ніж починається"),
            ({"tags": "!!!"}, "немає жодної літери"),
            ({"type": "nothing"}, "nothing"),
        ],
    )
    def test_bad_input_is_refused_on_the_page(self, cast: Cast, wrong: dict[str, Any], said: str) -> None:
        answer = signed_in(cast.coordinator).post(address("write"), {**FILLED, **wrong})

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not Publication.objects.exists()

    def test_form_shows_what_is_stored_and_an_emptied_row_is_removed(self, cast: Cast) -> None:
        client = signed_in(cast.coordinator)
        client.post(address("write"), FILLED)
        made = stored()

        text = page(client, address("edit", made))
        handed = {**FILLED, "version": "1", "authors-0-name": "", "authors-0-institution": "", "title": "Інакше"}
        handed |= {f"{prefix}-INITIAL_FORMS": "1" for prefix in ("authors", "quotations", "hromadas")}
        client.post(address("edit", made), handed)

        for words in ("Спільний проєкт", "економіка, меморандум", "Калуська територіальна громада", "09:30"):
            assert words in text
        made = stored()
        assert (made.title, made.version, made.authors.count(), made.quotations.count()) == ("Інакше", 2, 0, 1)

    def test_stale_form_answers_409_and_changes_nothing(self, cast: Cast) -> None:
        client = signed_in(cast.coordinator)
        client.post(address("write"), FILLED)
        made = stored()
        client.post(address("edit", made), {**FILLED, "version": "1"})

        answer = client.post(address("edit", made), {**FILLED, "version": "1", "title": "Пізно"})

        assert answer.status_code == 409
        assert stored().title == "Спільний проєкт"

    def test_translation_is_written_over_the_original(self, cast: Cast, at: dt.datetime) -> None:
        client = signed_in(cast.coordinator)
        original = write(cast.coordinator, at, hromadas=[cast.kalush])
        texts = {"title": "A project", "lead": "A lead.", "body": "<p>Text.</p>", "source_name": "Press office"}

        client.post(address("translate", original), {**MANAGEMENT, **texts})

        made = Publication.objects.get(language="en")
        assert (made.translation_of, made.title, list(made.hromadas.all())) == (original, "A project", [cast.kalush])
        assert client.post(address("translate", original), {**MANAGEMENT, **texts}).status_code == 422


class TestReviewing:
    @pytest.fixture
    def waiting(self, cast: Cast, at: dt.datetime) -> Publication:
        draft = write(cast.coordinator, at, title="Чекає")
        return operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)

    def test_editor_sees_what_waits_and_what_to_check(self, cast: Cast, waiting: Publication) -> None:
        client = signed_in(cast.editor)

        assert "Чекає" in page(client, address("review"))
        assert "місць влучання" in page(client, address("item", waiting))

    def test_editor_publishes_and_withdraws(self, cast: Cast, client: Client, waiting: Publication) -> None:
        editor = signed_in(cast.editor)
        editor.post(address("publish", waiting))
        page(client, address("item", waiting))

        editor.post(address("withdraw", waiting), {"reason": "Названо місце влучання."})

        page(client, address("item", waiting), 404)

    def test_editor_returns_with_a_reason_that_the_writer_reads(self, cast: Cast, waiting: Publication) -> None:
        editor = signed_in(cast.editor)
        refused = editor.post(address("return", waiting), {"reason": ""})

        editor.post(address("return", waiting), {"reason": "Бракує дати."})

        assert refused.status_code == 422
        assert "Поясніть причину" in refused.content.decode()
        assert "Бракує дати." in page(signed_in(cast.coordinator), address("item", waiting))

    def test_writer_hands_in_from_the_item(self, cast: Cast, at: dt.datetime) -> None:
        draft = write(cast.coordinator, at)

        signed_in(cast.coordinator).post(address("submit", draft))

        draft.refresh_from_db()
        assert draft.state == PublicationState.REVIEW

    def test_step_taken_twice_is_refused_with_a_sentence(self, cast: Cast, waiting: Publication) -> None:
        signed_in(cast.editor).post(address("publish", waiting))

        answer = signed_in(cast.other_editor).post(address("publish", waiting))

        assert answer.status_code == 422
        assert "лише матеріал, поданий на перевірку" in answer.content.decode()

    def test_steps_are_taken_by_post_alone(self, cast: Cast, waiting: Publication) -> None:
        page(signed_in(cast.editor), address("publish", waiting), 405)
