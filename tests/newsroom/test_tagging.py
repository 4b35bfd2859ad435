"""Communities found in the text: suggested, asked, confirmed with who and when, and an archive brought up to date."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from pobratym.newsroom import operations, tagging
from pobratym.newsroom.models import PlaceDecision, Publication
from pobratym.territory.models import Unit
from tests.newsroom.conftest import Cast

# Two sentences of the founding item, https://decentralization.gov.ua/news/17698
SEED = (
    "«Разом з нашими новими партнерами розуміємо, що економіка – це дуже важливий чинник для загальної перемоги», - "
    "прокоментував Калуський міський голова Андрій Найда. «Калуш, як і Запоріжжя, є потужним промисловим центром у "
    "своєму регіоні», - сказав секретар Запорізької міської ради Анатолій Куртєв."
)
ROWS = {
    f"{rows}-{name}": value
    for rows in ("hromadas", "authors", "quotations")
    for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}.items()
}


def form(**fields: object) -> dict[str, object]:
    return ROWS | {
        "title": "Економіка",
        "type": "news",
        "language": "uk",
        "dated_on": "2024-02-20",
        "body": SEED,
        **fields,
    }


def signed_in(client: Client, person: object) -> Client:
    client.force_login(person, backend="pobratym.accounts.backends.People")
    return client


def suggest(**given: object) -> tagging.Suggestions:
    values = {"title": "", "lead": "", "body": "", "source": ""} | given
    return tagging.suggest(**values)


def test_founding_item_suggests_exactly_its_two_communities(cast: Cast) -> None:
    found = suggest(body=f"<p>{SEED}</p>")

    assert {suggestion.unit for suggestion in found.sure} == {cast.kalush, cast.zaporizhzhia}
    assert found.questions == []
    assert {suggestion.words for suggestion in found.sure} == {"Калуський, Калуш", "Запоріжжя, Запорізької"}


@pytest.mark.parametrize("chosen", ["UA26060170000091466", "Калуська територіальна громада", "калуш"])
def test_what_stands_in_the_form_is_not_suggested_again(cast: Cast, chosen: str) -> None:
    found = suggest(body=SEED, chosen=[chosen])

    assert {suggestion.unit for suggestion in found.sure} == {cast.zaporizhzhia}


def test_name_of_several_is_asked(cast: Cast) -> None:
    found = suggest(body="Миколаївська громада Сумської області відкрила садок.")

    assert [(question.surface, len(question.candidates)) for question in found.questions] == [("Миколаївська", 2)]
    assert {unit.oblast.name for unit in found.questions[0].candidates} == {"Сумська"}
    assert found.sure == []


def test_fragment_answers_what_is_written(cast: Cast, client: Client) -> None:
    answer = signed_in(client, cast.editor).post(
        reverse("newsroom:suggest"), {"body": SEED, "accepted": cast.kalush.pk}
    )
    page = answer.content.decode()

    assert answer.status_code == 200
    assert "<html" not in page
    assert f'value="{cast.kalush.pk}"' in page
    assert page.count("checked") == 1


def test_stranger_and_reader_get_no_fragment(cast: Cast, client: Client) -> None:
    address = reverse("newsroom:suggest")

    assert client.post(address, {"body": SEED}).status_code == 302
    assert signed_in(client, cast.reader).post(address, {"body": SEED}).status_code == 403
    assert client.get(address).status_code == 405


def test_ticked_suggestion_is_stored_with_who_and_when(cast: Cast, client: Client) -> None:
    signed_in(client, cast.editor).post(reverse("newsroom:write"), form(accepted=[cast.kalush.pk], save=""))
    item = Publication.objects.get()
    decision = PlaceDecision.objects.get()

    assert list(item.hromadas.all()) == [cast.kalush]
    assert (decision.publication, decision.unit, decision.decided_by) == (item, cast.kalush, cast.editor)
    assert decision.words == "Калуський, Калуш"
    assert decision.is_by_hand
    assert decision.decided_at == item.changed_at
    assert "Калуський, Калуш" in client.get(reverse("newsroom:item", args=[item.pk])).content.decode()


def test_forged_suggestion_is_refused_and_nothing_is_written(cast: Cast, client: Client) -> None:
    answer = signed_in(client, cast.editor).post(reverse("newsroom:write"), form(accepted=["UA26000000000069363"]))

    assert answer.status_code == 422
    assert not Publication.objects.exists()


def test_preview_shows_where_places_stand_and_suggests_without_script(cast: Cast, client: Client) -> None:
    page = signed_in(client, cast.editor).post(reverse("newsroom:write"), form(preview="")).content.decode()

    assert "<mark>Калуський</mark>" in page
    assert f'value="{cast.zaporizhzhia.pk}"' in page
    assert not Publication.objects.exists()


def test_mark_never_breaks_an_element() -> None:
    body = '<p>У <a href="https://example.org/Калуш">Калуші</a> і Новій <b>Каховці</b></p>'

    assert tagging.marked(body) == (
        '<p>У <a href="https://example.org/Калуш"><mark>Калуші</mark></a> і Новій <b>Каховці</b></p>'
    )


def publish(cast: Cast, at: dt.datetime, **given: object) -> Publication:
    values = {"title": "Економіка", "lead": "Про економіку.", "body": f"<p>{SEED}</p>", "by": cast.editor, "at": at}
    item = operations.write_publication(**(values | given))
    operations.submit_for_review(publication=item, by=cast.editor, at=at)
    return operations.publish(publication=item, by=cast.other_editor, at=at)


def test_first_decision_stays_when_the_item_is_saved_again(cast: Cast, at: dt.datetime) -> None:
    item = operations.write_publication(title="Економіка", body=SEED, hromadas=[cast.kalush], by=cast.editor, at=at)
    later = at + dt.timedelta(days=1)
    operations.change_publication(
        publication=item, version=item.version, title="Економіка", lead="", body=SEED, dated_on=item.dated_on,
        by=cast.other_editor, at=later, type="news", tags=[], hromadas=[cast.kalush, cast.zaporizhzhia], oblasts=None,
        directions=[], authors=[], quotations=[], happening=None, source_name="", source_url="", partnership=None,
    )  # fmt: skip
    decided = {decision.unit: (decision.decided_by, decision.decided_at) for decision in item.place_decisions.all()}

    assert decided == {cast.kalush: (cast.editor, at), cast.zaporizhzhia: (cast.other_editor, later)}


def retag(*arguments: str) -> str:
    out = StringIO()
    call_command("retag", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


class TestRetag:
    def test_reports_before_it_writes(self, cast: Cast, at: dt.datetime) -> None:
        item = publish(cast, at, hromadas=[cast.kalush])
        said = retag()

        assert f"{item.pk}\tЕкономіка\t+{cast.zaporizhzhia.pk} Запорізька" in said
        assert "1 would change; nothing is written" in said
        assert list(item.hromadas.all()) == [cast.kalush]

    def test_writes_what_it_reported_and_then_has_nothing_to_do(self, cast: Cast, at: dt.datetime) -> None:
        item = publish(cast, at, hromadas=[cast.kalush])
        retag("--write")
        added = item.place_decisions.get(unit=cast.zaporizhzhia)

        assert set(item.hromadas.all()) == {cast.kalush, cast.zaporizhzhia}
        assert {unit.name for unit in item.oblasts.all()} == {"Івано-Франківська", "Запорізька"}
        assert (added.is_by_hand, added.decided_by) == (False, None)
        assert "0 changed" in retag("--write")

    def test_choice_of_a_person_stays_whatever_the_text_says(self, cast: Cast, at: dt.datetime) -> None:
        other = Unit.objects.get(kind="hromada", name="Сумська")
        item = publish(cast, at, hromadas=[other])
        retag("--write")

        assert other in item.hromadas.all()

    def test_own_tag_goes_when_the_text_no_longer_says_it(self, cast: Cast, at: dt.datetime) -> None:
        item = publish(cast, at, hromadas=[cast.kalush])
        retag("--write")
        Publication.objects.filter(pk=item.pk).update(body="<p>Калуська громада відкрила садок.</p>")
        retag("--write")

        assert list(item.hromadas.all()) == [cast.kalush]
        assert list(item.place_decisions.values_list("unit", flat=True)) == [cast.kalush.pk]

    def test_goes_on_where_it_was_stopped(self, cast: Cast, at: dt.datetime) -> None:
        first, second = publish(cast, at), publish(cast, at)
        said = retag("--after", str(first.pk), "--batch", "1")

        assert f"{second.pk}\t" in said
        assert f"{first.pk}\t" not in said
