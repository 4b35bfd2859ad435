"""The news that is written from a signed paper."""

import datetime as dt

import pytest

from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement
from pobratym.audit.queries import history_of
from pobratym.newsroom import operations
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.models import Publication
from pobratym.partnerships.models import Partnership
from pobratym.vocabulary.choices import Direction, Origin
from tests.newsroom.conftest import Cast, write


def test_announcement_drafts_in_both_languages_wait_for_an_editor(
    partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    made = operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at)

    assert made.title == "Калуш і Запоріжжя підписали меморандум: економічне партнерство"
    assert made.lead == "Документ підписано 20 лютого 2024 року; він визначає 6 напрямів спільної роботи."
    for words in (
        "спільні проєкти й програми з енергоефективності",
        "розвиток малого і середнього бізнесу",
        "обмін досвідом",
        "громадських організацій, наукових установ, промисловості, експертів і фахівців",
        "нові бізнес-проєкти",
        "нові робочі місця",
        "Калуська міська рада: Підписант 1, міський голова",
        "20 лютого 2024 року",
        "мають намір стати містами-побратимами",
    ):
        assert words in made.body
    assert (made.state, made.origin, made.dated_on) == ("review", Origin.FOUNDING, dt.date(2024, 2, 20))
    assert (made.agreement, made.partnership, made.written_by) == (memorandum, partnership, None)
    assert {unit.name for unit in made.hromadas.all()} == {"Калуська", "Запорізька"}
    assert {unit.name for unit in made.oblasts.all()} == {"Івано-Франківська", "Запорізька"}
    assert {tag.name_uk for tag in made.tags.all()} == {"меморандум", "партнерство"}
    assert made.directions == list(Direction)
    english = made.translations.get()
    assert english.title == "Kalush and Zaporizhzhia have signed a memorandum: economic partnership"
    assert "Kalush City Council: Signatory 1, mayor" in english.body
    assert "20 February 2024" in english.lead
    assert "twin cities" in english.body
    assert english.state == PublicationState.REVIEW


def test_announcement_happens_once_for_a_paper(
    partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    first = operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at)

    assert operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at) == first
    assert Publication.objects.count() == 2


def test_announcement_finds_the_news_that_an_editor_wrote_before(
    cast: Cast, partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    written = write(cast.editor, at, agreement=memorandum, partnership=partnership)

    assert operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at) == written
    assert Publication.objects.count() == 1


def test_announcement_needs_the_signatures_of_all(
    partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    Agreement.objects.filter(pk=memorandum.pk).update(state=AgreementState.AGREED, signed_on=None)

    with pytest.raises(operations.NotSigned):
        operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at)

    assert not Publication.objects.exists()


def test_announcement_says_nothing_of_twin_cities_or_directions_that_the_record_does_not_hold(
    partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    memorandum.texts.all().delete()
    partnership.commitments.all().delete()

    made = operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at)

    assert "побратим" not in made.body
    assert made.lead == "Документ підписано 20 лютого 2024 року."
    assert made.directions == []


def test_announcement_an_editor_publishes_it(
    cast: Cast, partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    made = operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at)

    assert operations.publish(publication=made, by=cast.editor, at=at).is_published
    assert [line.verb.rpartition(".")[2] for line in reversed(history_of(made))] == [
        "written",
        "translated",
        "announced",
        "published",
    ]
