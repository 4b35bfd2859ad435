"""Writing, reviewing, publishing: effects, refusals that leave no trace, the audit trail."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from pobratym.agreements.models import Agreement
from pobratym.audit.history import sentences
from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.newsroom import operations
from pobratym.newsroom.choices import PublicationState, PublicationType
from pobratym.newsroom.content import AuthorLine, TagName, When, Words
from pobratym.newsroom.markup import ActiveContent
from pobratym.newsroom.models import Happening, Publication, Tag
from pobratym.newsroom.parts import Incomplete, TooLong, WrongPlace
from pobratym.partnerships.models import Partnership
from pobratym.territory.choices import Kind
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Direction, Origin
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal
from tests.newsroom.conftest import Cast, handed_in, published, write

WORDS = Words(text="Разом легше.", speaker="Підписант", office="міський голова", is_retold=True)
STARTS = dt.datetime(2025, 11, 27, 7, 30, tzinfo=dt.UTC)


def verbs(publication: Publication) -> list[str]:
    return [line.verb.rpartition(".")[2] for line in reversed(history_of(publication))]


def test_written_publication_carries_everything_and_its_oblasts_are_derived(cast: Cast, at: dt.datetime) -> None:
    made = write(
        cast.coordinator,
        at,
        tags=["меморандум", TagName("економіка", "economy")],
        hromadas=[cast.kalush, cast.zaporizhzhia],
        directions=["jobs", "energy"],
        authors=[AuthorLine("Авторка", "дослідниця", "Інститут")],
        quotations=[WORDS],
        happening=When(starts_at=STARTS, place="Київ"),
    )

    assert (made.state, made.written_by, made.dated_on) == ("draft", cast.coordinator, dt.date(2024, 2, 20))
    assert {unit.name for unit in made.oblasts.all()} == {"Запорізька", "Івано-Франківська"}
    assert {tag.slug for tag in made.tags.all()} == {"економіка", "меморандум"}
    assert made.directions == [Direction.ENERGY, Direction.JOBS]
    assert [author.institution for author in made.authors.all()] == ["Інститут"]
    quotation = made.quotations.get()
    assert (quotation.text, quotation.is_retold, quotation.source_name) == (
        "Разом легше.",
        True,
        "Портал «Децентралізація»",
    )
    assert made.happening.starts_at == STARTS
    assert verbs(made) == ["written"]


def test_given_oblasts_are_kept_as_given(cast: Cast, at: dt.datetime) -> None:
    kyiv = Unit.objects.get(kind=Kind.SPECIAL_CITY, name="Київ")

    made = write(cast.editor, at, hromadas=[cast.kalush], oblasts=[kyiv])

    assert list(made.oblasts.all()) == [kyiv]


def test_special_city_is_its_own_oblast(cast: Cast, at: dt.datetime) -> None:
    kyiv = Unit.objects.get(kind=Kind.SPECIAL_CITY, name="Київ")

    assert list(write(cast.editor, at, hromadas=[kyiv]).oblasts.all()) == [kyiv]


def test_two_spellings_are_one_tag_and_its_english_name_is_filled_in(cast: Cast, at: dt.datetime) -> None:
    write(cast.editor, at, tags=["Міста-побратими"])
    write(cast.editor, at, tags=[TagName(" міста-побратими ", "twin cities")])

    tag = Tag.objects.get()

    assert (tag.name_uk, tag.name_en) == ("Міста-побратими", "twin cities")


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"title": " "}, Incomplete, "title"),
        ({"title": "а" * 201}, TooLong, "title"),
        ({"lead": "а" * 301}, TooLong, "lead"),
        ({"body": "а" * 40_001}, TooLong, "body"),
        ({"body": "<p>а</p><script>go()</script>"}, ActiveContent, "body"),
        ({"source_name": "а" * 161}, TooLong, "source_name"),
        ({"source_url": "javascript:go()"}, Incomplete, "source_url"),
        ({"tags": ["!!!"]}, Incomplete, "tags"),
        ({"tags": ["а" * 61]}, TooLong, "tags"),
        ({"quotations": [Words(text="", speaker="Хтось")]}, Incomplete, "quotations"),
        ({"quotations": [Words(text="Слова", speaker="")]}, Incomplete, "quotations"),
        ({"happening": When(starts_at=STARTS, ends_at=STARTS)}, Incomplete, "happening"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_leaves_nothing(
    cast: Cast, at: dt.datetime, fields: dict[str, object], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        write(cast.editor, at, **fields)

    assert refused.value.field == field
    assert (Publication.objects.count(), Tag.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_place_of_another_kind_is_refused_by_its_name(cast: Cast, at: dt.datetime) -> None:
    with translation.override("uk"), pytest.raises(WrongPlace, match="Івано-Франківська область"):
        write(cast.editor, at, hromadas=[cast.kalush.oblast])
    with pytest.raises(WrongPlace):
        write(cast.editor, at, oblasts=[cast.kalush])

    assert not Publication.objects.exists()


def test_draft_goes_to_review_and_is_published_by_a_second_person(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at)
    operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)

    shown = operations.publish(publication=draft, by=cast.editor, at=at)

    assert (shown.state, shown.published_by, shown.published_at) == (PublicationState.PUBLISHED, cast.editor, at)
    assert verbs(shown) == ["written", "submitted", "published"]


def test_writer_who_is_an_editor_cannot_publish_the_own_item(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.editor, at)
    operations.submit_for_review(publication=draft, by=cast.editor, at=at)

    with pytest.raises(operations.SecondPersonNeeded):
        operations.publish(publication=draft, by=cast.editor, at=at)

    draft.refresh_from_db()
    assert draft.state == PublicationState.REVIEW
    assert verbs(draft) == ["written", "submitted"]


def test_second_person_is_also_a_constraint(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.editor, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=draft.pk).update(published_by=cast.editor)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"lead": ""}, "lead"),
        ({"body": ""}, "body"),
        ({"body": "<p> </p>"}, "body"),
        ({"source_name": "", "origin": Origin.SOURCE}, "source_name"),
    ],
)
def test_incomplete_draft_is_not_handed_in(cast: Cast, at: dt.datetime, fields: dict[str, object], field: str) -> None:
    draft = write(cast.coordinator, at, **fields)

    with pytest.raises(Incomplete) as refused:
        operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)

    draft.refresh_from_db()
    assert refused.value.field == field
    assert draft.state == PublicationState.DRAFT


def test_own_text_needs_no_source(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at, source_name="", source_url="")

    assert operations.submit_for_review(publication=draft, by=cast.coordinator, at=at).state == PublicationState.REVIEW


def test_steps_out_of_order_are_refused(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at)

    with pytest.raises(operations.WrongState):
        operations.publish(publication=draft, by=cast.editor, at=at)
    with pytest.raises(operations.WrongState):
        operations.return_to_draft(publication=draft, reason="Бракує дати.", by=cast.editor, at=at)
    with pytest.raises(operations.WrongState):
        operations.withdraw(publication=draft, reason="Помилка.", by=cast.editor, at=at)
    operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)
    with pytest.raises(operations.WrongState):
        operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)
    operations.publish(publication=draft, by=cast.editor, at=at)
    with pytest.raises(operations.WrongState):
        operations.publish(publication=draft, by=cast.editor, at=at)
    with pytest.raises(operations.WrongState):
        operations.add_quotation(publication=draft, words=WORDS, by=cast.editor, at=at)

    assert verbs(draft) == ["written", "submitted", "published"]


def test_returned_draft_tells_its_writer_why_and_the_trail_does_not(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at)
    operations.submit_for_review(publication=draft, by=cast.coordinator, at=at)

    returned = operations.return_to_draft(publication=draft, reason=" Бракує дати. ", by=cast.editor, at=at)

    assert (returned.state, returned.editor_note) == (PublicationState.DRAFT, "Бракує дати.")
    assert Entry.objects.last().facts == {}
    assert operations.submit_for_review(publication=draft, by=cast.coordinator, at=at).editor_note == ""


@pytest.mark.parametrize(("reason", "refusal"), [(" ", Incomplete), ("а" * 301, TooLong)])
def test_return_and_withdrawal_need_a_reason(cast: Cast, at: dt.datetime, reason: str, refusal: type[Refusal]) -> None:
    waiting = write(cast.coordinator, at)
    operations.submit_for_review(publication=waiting, by=cast.coordinator, at=at)
    shown = published(cast, at)

    with pytest.raises(refusal):
        operations.return_to_draft(publication=waiting, reason=reason, by=cast.editor, at=at)
    with pytest.raises(refusal):
        operations.withdraw(publication=shown, reason=reason, by=cast.editor, at=at)

    shown.refresh_from_db()
    assert shown.is_published


def test_withdrawn_item_is_kept_and_closed(cast: Cast, at: dt.datetime) -> None:
    shown = published(cast, at)

    gone = operations.withdraw(publication=shown, reason="Названо місце влучання.", by=cast.editor, at=at)

    assert gone.state == PublicationState.WITHDRAWN
    with pytest.raises(operations.WrongState):
        operations.change_publication(publication=gone, by=cast.other_editor, at=at, **handed_in(gone))


def test_change_replaces_everything_and_counts_the_version(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at, tags=["старе"], hromadas=[cast.kalush], quotations=[WORDS], directions=["sme"])
    handed = handed_in(draft) | {
        "title": "Нове",
        "type": PublicationType.COLUMN,
        "tags": ["нове"],
        "hromadas": [cast.zaporizhzhia],
        "oblasts": None,
        "directions": ["jobs"],
        "happening": When(starts_at=STARTS),
    }

    changed = operations.change_publication(publication=draft, by=cast.coordinator, at=at, **handed)

    assert (changed.title, changed.type, changed.version) == ("Нове", "column", 2)
    assert [tag.name_uk for tag in changed.tags.all()] == ["нове"]
    assert [unit.name for unit in changed.oblasts.all()] == ["Запорізька"]
    assert changed.directions == [Direction.JOBS]
    assert not changed.quotations.exists()
    assert Happening.objects.get().publication == changed
    assert verbs(changed) == ["written", "changed"]


def test_stale_form_is_refused(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at)
    handed = handed_in(draft)
    operations.change_publication(publication=draft, by=cast.coordinator, at=at, **handed)

    with pytest.raises(ChangedMeanwhile):
        operations.change_publication(publication=draft, by=cast.editor, at=at, **{**handed, "title": "Пізно"})

    draft.refresh_from_db()
    assert draft.title == handed["title"]


def test_published_item_is_corrected_by_another_and_stays_complete(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.editor, at)
    operations.submit_for_review(publication=draft, by=cast.editor, at=at)
    shown = operations.publish(publication=draft, by=cast.other_editor, at=at)

    with pytest.raises(operations.SecondPersonNeeded):
        operations.change_publication(publication=shown, by=cast.editor, at=at, **handed_in(shown))
    with pytest.raises(Incomplete):
        operations.change_publication(
            publication=shown, by=cast.other_editor, at=at, **{**handed_in(shown), "body": ""}
        )
    operations.change_publication(publication=shown, by=cast.other_editor, at=at, **handed_in(shown))

    assert verbs(shown) == ["written", "submitted", "published", "corrected"]


def test_added_quotation_stands_last(cast: Cast, at: dt.datetime) -> None:
    draft = write(cast.coordinator, at, quotations=[WORDS])

    added = operations.add_quotation(
        publication=draft, words=Words(text="Ще слова.", speaker="Хтось"), by=cast.coordinator, at=at
    )

    assert [quotation.pk for quotation in draft.quotations.all()][-1] == added.pk
    draft.refresh_from_db()
    assert draft.version == 2


def test_translation_keeps_places_tags_and_time_and_is_one_a_language(cast: Cast, at: dt.datetime) -> None:
    original = write(
        cast.coordinator, at, hromadas=[cast.kalush], tags=["меморандум"], directions=["jobs"],
        happening=When(starts_at=STARTS, place="Київ"),
    )  # fmt: skip
    english = {"language": "en", "title": "Kalush", "lead": "Two cities.", "body": "<p>Text.</p>"}

    translated = operations.add_translation(publication=original, by=cast.coordinator, at=at, **english)

    assert translated.translation_of == original
    assert list(translated.hromadas.all()) == [cast.kalush]
    assert list(translated.tags.all()) == list(original.tags.all())
    assert translated.directions == [Direction.JOBS]
    assert translated.happening.starts_at == STARTS
    assert verbs(original) == ["written", "translated"]
    for language in ("en", "uk"):
        with pytest.raises(operations.AlreadyTranslated):
            operations.add_translation(
                publication=translated, by=cast.coordinator, at=at, **{**english, "language": language}
            )
    assert Publication.objects.count() == 2


def test_every_recorded_verb_has_a_sentence(
    cast: Cast, partnership: Partnership, memorandum: Agreement, at: dt.datetime
) -> None:
    operations.write_from_agreement(agreement=memorandum, partnership=partnership, at=at)
    operations.withdraw(publication=published(cast, at), reason="Помилка.", by=cast.editor, at=at)

    assert set(Entry.objects.values_list("verb", flat=True)) <= set(sentences)
