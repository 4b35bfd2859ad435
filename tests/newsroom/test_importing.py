"""A copied page becomes a draft: what its editors set is kept, what it points to tags nothing."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from pobratym.newsroom.importing import AlreadyHere, NothingToImport, import_item
from pobratym.newsroom.models import Publication
from pobratym.newsroom.reprints import read
from pobratym.vocabulary.choices import Origin
from tests.newsroom.conftest import Cast
from tests.newsroom.test_tagging import signed_in

TITLE = "Калуш та Запоріжжя підписали меморандум"
# Sentences of the founding item, https://decentralization.gov.ua/news/17698, in the shape that copying gives a page.
PAGE = f"""{TITLE}
20.02.2024 - 15:00 | Переглядів: 3496
{TITLE}
Документ передбачає реалізацію спільних проектів; розвиток малого та середнього бізнесу.
«Разом з нашими новими партнерами розуміємо, що економіка – це дуже важливий чинник», - прокоментував Калуський \
міський голова Андрій Найда. «Калуш, як і Запоріжжя, є потужним промисловим центром у своєму регіоні», - сказав \
секретар Запорізької міської ради Анатолій Куртєв.
Tags:Область:Запорізька областьІвано-Франківська областьГромади:Запорізька територіальна громада\
Калуська територіальна громадаSource:Портал "Децентралізація"
Читайте також:
20 лютого 2024
Львів та Одеса обговорили...
Львів та Одеса обговорили співпрацю
Львівська громада приймала гостей.
19.02.2024Форум громад у Полтаві
Полтавська громада запросила партнерів.
"""


def test_page_is_taken_apart(cast: Cast, at: dt.datetime) -> None:
    taken = import_item(page=PAGE, by=cast.editor, at=at)
    item = taken.publication

    assert (item.title, item.dated_on, item.source_name) == (TITLE, dt.date(2024, 2, 20), 'Портал "Децентралізація"')
    assert item.origin == Origin.SOURCE
    assert item.body == (
        "<p>Документ передбачає реалізацію спільних проектів; розвиток малого та середнього бізнесу.</p>"
    )
    assert {unit.pk for unit in item.hromadas.all()} == {cast.kalush.pk, cast.zaporizhzhia.pk}
    assert {unit.name for unit in item.oblasts.all()} == {"Запорізька", "Івано-Франківська"}
    assert [(q.speaker, q.office, q.community) for q in item.quotations.all()] == [
        ("Андрій Найда", "Калуський міський голова", cast.kalush),
        ("Анатолій Куртєв", "секретар Запорізької міської ради", cast.zaporizhzhia),
    ]
    assert taken.unclear == []


def test_teasers_stand_apart_and_tag_nothing(cast: Cast, at: dt.datetime) -> None:
    taken = import_item(page=PAGE, by=cast.editor, at=at)

    assert [(teaser.dated_on, teaser.title) for teaser in taken.reprint.teasers] == [
        (dt.date(2024, 2, 20), "Львів та Одеса обговорили співпрацю"),
        (dt.date(2024, 2, 19), "Форум громад у Полтаві"),
    ]
    assert "Львів" not in taken.publication.body


def test_labels_on_lines_of_their_own_are_read_as_well() -> None:
    found = read(
        "Заголовок\nПерший абзац новини.\nТеги: меморандум, економіка\nОбласть: Сумська область\n"
        "Громади: Тростянецька територіальна громада\nДжерело: Сайт Сумської ОДА\nПоділитись\n"
    )

    assert (found.tags, found.oblasts, found.hromadas, found.source) == (
        ["меморандум", "економіка"],
        ["Сумська область"],
        ["Тростянецька територіальна громада"],
        "Сайт Сумської ОДА",
    )
    assert found.paragraphs == ["Перший абзац новини."]


def test_word_source_within_a_sentence_is_no_label() -> None:
    found = read("Заголовок\nГоловне джерело: сонце світить усім.\nДругий абзац.")

    assert not found.has_labels
    assert found.paragraphs == ["Головне джерело: сонце світить усім.", "Другий абзац."]


def test_page_without_labels_is_tagged_by_its_text(cast: Cast, at: dt.datetime) -> None:
    taken = import_item(page="Садок\nКалуська громада відкрила садок.", by=cast.editor, at=at)

    assert list(taken.publication.hromadas.all()) == [cast.kalush]


def test_namesake_is_settled_by_the_page_s_oblast_or_left_to_the_editor(cast: Cast, at: dt.datetime) -> None:
    told = "Садок\nВідкрито садок.\nОбласть: Донецька область\nГромади: Черкаська територіальна громада\nДжерело: Сайт"
    open_one = (
        "Сад\nВідкрито сад.\nОбласть: Сумська область\nГромади: Миколаївська територіальна громада\nДжерело: Сайт"
    )
    settled = import_item(page=told, by=cast.editor, at=at)
    unclear = import_item(page=open_one, by=cast.editor, at=at)

    assert [unit.pk for unit in settled.publication.hromadas.all()] == ["UA14120230000038918"]
    assert unclear.unclear == ["Миколаївська територіальна громада"]
    assert not unclear.publication.hromadas.exists()


def test_same_page_twice_is_refused(cast: Cast, at: dt.datetime) -> None:
    import_item(page=PAGE, by=cast.editor, at=at)
    with pytest.raises(AlreadyHere):
        import_item(page=PAGE, by=cast.editor, at=at)

    assert Publication.objects.count() == 1


@pytest.mark.parametrize("page", ["", " \n ", "Теги: Область: Громади: Джерело:"])
def test_page_without_text_is_refused(db: None, at: dt.datetime, page: str) -> None:
    with pytest.raises(NothingToImport):
        import_item(page=page, by=None, at=at)

    assert not Publication.objects.exists()


class TestPasted:
    def test_becomes_a_draft_to_look_through(self, cast: Cast, client: Client) -> None:
        answer = signed_in(client, cast.editor).post(reverse("newsroom:import"), {"page": PAGE}, follow=True)
        item = Publication.objects.get()

        assert answer.redirect_chain == [(reverse("newsroom:edit", args=[item.pk]), 302)]
        assert "Пропущено 2 посилання на інші матеріали." in answer.content.decode()
        assert (item.state, item.written_by) == ("draft", cast.editor)

    def test_is_refused_with_a_sentence(self, cast: Cast, client: Client) -> None:
        address = reverse("newsroom:import")
        signed_in(client, cast.editor)

        assert client.post(address, {"page": "x" * 400_001}).status_code == 422
        assert client.post(address, {"page": ""}).status_code == 422
        assert not Publication.objects.exists()

    def test_is_for_writers(self, cast: Cast, client: Client) -> None:
        assert client.get(reverse("newsroom:import")).status_code == 302
        assert signed_in(client, cast.reader).get(reverse("newsroom:import")).status_code == 403


@pytest.mark.django_db
class TestCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("import_item", *arguments, stdout=out)
        return out.getvalue()

    def test_tells_what_it_found(self, tmp_path: Path) -> None:
        file = tmp_path / "page.txt"
        file.write_text(PAGE, encoding="utf-8")
        dry = self.run(str(file), "--dry-run")

        assert not Publication.objects.exists()
        assert "nothing is written" in dry
        said = self.run(str(file))
        assert said.splitlines()[0] == f"title\t{TITLE}"
        assert "hromada\tUA26060170000091466\tКалуська територіальна громада" in said
        assert "related\t2024-02-19\tФорум громад у Полтаві" in said
        assert Publication.objects.count() == 1

    def test_refuses_what_is_no_text(self, tmp_path: Path) -> None:
        file = tmp_path / "page.bin"
        file.write_bytes(b"\xff\xfe\x00")

        with pytest.raises(CommandError, match="UTF-8"):
            self.run(str(file))
        with pytest.raises(CommandError, match="cannot be read"):
            self.run(str(tmp_path / "nothing"))


@given(
    text=st.text(
        st.sampled_from("Тег: Область Громади:Джерело:\n«Сло» - сказав Іван Франко.31.02.2024 x"), max_size=200
    )
)
def test_any_text_is_read_without_failing(text: str) -> None:
    found = read(text)

    assert len(found.title) <= 200
    assert len(found.lead) <= 300
