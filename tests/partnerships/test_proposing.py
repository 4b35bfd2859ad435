"""Proposing to communities here and abroad, any number of them, with first words that only the parties read."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pobratym.organisations.models import Body
from pobratym.organisations.operations import end_body, enter_abroad
from pobratym.outbox.models import Message
from pobratym.partnerships import operations
from pobratym.partnerships.keeping import PartyRefused
from pobratym.partnerships.models import LONGEST_MESSAGE, Partnership
from tests.partnerships.cast import AT, agreed, member, party_of, proposed

pytestmark = pytest.mark.django_db

PROPOSE = "/partnerships/propose/"
WORDS = "Вітаємо!\nХочемо обмінятися досвідом."


def town(uk: str, en: str, own: str, number: int) -> Body:
    return enter_abroad(
        country="PL", place_uk=uk, place_en=en, place_own=own, name_uk=f"Ґміна {uk}", name_en=f"Municipality of {en}",
        source="GeoNames", geonames_id=number, official_email=f"rada@{number}.example",
        official_email_source="https://example.org", by=None, at=AT,
    )  # fmt: skip


@pytest.fixture
def zagan(db: None) -> Body:
    return town("Жагань", "Zagan", "Żagań", 1)


@pytest.fixture
def coordinator(kalush: Body, client: Client) -> Client:
    client.force_login(member("coordinator", kalush))
    return client


def values(kalush: Body, **changes: Any) -> dict[str, Any]:
    return {
        "by_body": kalush.pk, "place": "", "abroad": "", "subject_uk": "обмін досвідом", "programme": "international",
    } | changes  # fmt: skip


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def names(partnership: Partnership) -> list[str]:
    return [party.body.short_name_uk for party in partnership.parties.select_related("body")]


@pytest.mark.parametrize("text", ["Жагань", "zagan", "Żagań", "ŻAGAŃ", "Ґміна Жагань"])
def test_community_abroad_is_chosen_by_any_of_its_names(
    coordinator: Client, kalush: Body, zagan: Body, text: str
) -> None:
    answer = coordinator.post(PROPOSE, values(kalush, abroad=text))

    made = Partnership.objects.get()
    assert answer["Location"] == f"/partnerships/{made.pk}/"
    assert names(made) == ["Калуш", "Жагань"]


def test_ambiguous_name_abroad_offers_what_it_may_mean(coordinator: Client, kalush: Body, zagan: Body) -> None:
    other = town("Жаганьське", "Zaganskie", "Żagańskie", 2)

    asked = coordinator.post(PROPOSE, values(kalush, abroad="Żaga"))

    page = asked.content.decode()
    assert asked.status_code == 422
    assert f'id="abroad-choice-{zagan.pk}"' in page
    assert "Жаганьське" in words_of(asked)
    assert 'value="Żaga"' in page
    coordinator.post(PROPOSE, values(kalush, abroad="Żaga", **{"abroad-choice": other.pk}))
    assert names(Partnership.objects.get()) == ["Калуш", "Жаганьське"]


@pytest.mark.parametrize("text", ["Ж", "Немає такого", "999999", "9" * 40, "²", "%_"])
def test_unknown_name_abroad_is_refused(coordinator: Client, kalush: Body, zagan: Body, text: str) -> None:
    asked = coordinator.post(PROPOSE, values(kalush, abroad=text))

    assert asked.status_code == 422
    assert 'id="id_abroad_error"' in asked.content.decode()
    assert not Partnership.objects.exists()


def test_ended_municipality_is_neither_found_nor_picked(coordinator: Client, kalush: Body, zagan: Body) -> None:
    end_body(body=zagan, acts_to=timezone.localdate(), by=None, at=AT)

    for chosen in ({"abroad": "Жагань"}, {"abroad-choice": zagan.pk}):
        assert coordinator.post(PROPOSE, values(kalush, **chosen)).status_code == 422
    assert not Partnership.objects.exists()


def test_nothing_named_is_refused_at_the_place(coordinator: Client, kalush: Body) -> None:
    asked = coordinator.post(PROPOSE, values(kalush))

    assert asked.status_code == 422
    assert 'id="id_place_error"' in asked.content.decode()


def test_any_number_of_parties_is_gathered_without_javascript(
    coordinator: Client, kalush: Body, zaporizhzhia: Body, chernivtsi: Body, zagan: Body
) -> None:
    first = coordinator.post(
        PROPOSE, values(kalush, place="Запоріжжя", abroad="Жагань", subject_uk="", message=WORDS, more="yes")
    )
    page = first.content.decode()
    assert (first.status_code, Partnership.objects.exists()) == (200, False)
    assert [f'name="chosen" value="{body.pk}"' in page for body in (zaporizhzhia, zagan)] == [True, True]
    assert "Вітаємо!" in page
    assert "Запоріжжя — Запоріжжя: міська рада" in words_of(first)

    second = coordinator.post(
        PROPOSE, values(kalush, place=chernivtsi.unit_id, chosen=[zaporizhzhia.pk, zagan.pk], more="yes")
    )
    assert f'name="chosen" value="{chernivtsi.pk}"' in second.content.decode()

    # One is left out again by its mark, one is named twice and counts once.
    coordinator.post(PROPOSE, values(kalush, place=chernivtsi.unit_id, chosen=[zagan.pk, chernivtsi.pk]))
    assert names(Partnership.objects.get()) == ["Калуш", "Жагань", "Чернівці"]


def test_gathering_refuses_what_it_cannot_take(coordinator: Client, kalush: Body, zaporizhzhia: Body) -> None:
    empty = coordinator.post(PROPOSE, values(kalush, more="yes"))
    unknown = coordinator.post(PROPOSE, values(kalush, place="Косівська громада", more="yes"))
    forged = coordinator.post(PROPOSE, values(kalush, chosen=["999999", "x"], more="yes"))

    assert [answer.status_code for answer in (empty, unknown, forged)] == [422] * 3
    assert "ще не внесено" in words_of(unknown)
    assert not Partnership.objects.exists()


def test_own_body_among_the_chosen_is_refused(coordinator: Client, kalush: Body, zagan: Body) -> None:
    asked = coordinator.post(PROPOSE, values(kalush, abroad="Жагань", chosen=[kalush.pk]))

    assert (asked.status_code, Partnership.objects.exists()) == (422, False)


def test_party_abroad_is_invited_later_one_at_a_time(
    coordinator: Client, kalush: Body, zaporizhzhia: Body, zagan: Body
) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    address = f"/partnerships/{partnership.pk}/invite/"

    both = coordinator.post(address, {"place": "Калуш", "abroad": "Жагань"})
    assert (both.status_code, 'id="id_abroad_error"' in both.content.decode()) == (422, True)
    assert coordinator.post(address, {"place": "", "abroad": ""}).status_code == 422
    assert coordinator.post(address, {"place": "", "abroad": "Жагань"}).status_code == 302
    assert names(partnership) == ["Калуш", "Запоріжжя", "Жагань"]


def test_suggestions_are_a_fragment_for_everyone(client: Client, zagan: Body) -> None:
    found = client.get("/bodies/abroad/suggest/?field=abroad&abroad=жаг")
    assert f'id="abroad-choice-{zagan.pk}"' in found.content.decode()
    assert "Польща" in found.content.decode()
    assert "не знайдено" in words_of(client.get("/bodies/abroad/suggest/?field=abroad&abroad=немає"))
    assert words_of(client.get("/bodies/abroad/suggest/?field=abroad&abroad=ж")).strip() == ""
    assert client.get("/bodies/abroad/suggest/").status_code == 400
    assert client.get('/bodies/abroad/suggest/?field="><script>').status_code == 400


def test_first_words_are_sent_as_quoted_plain_text(kalush: Body, zagan: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zagan, zaporizhzhia, message=f" {WORDS}\n<b>https://example.org</b> ")
    for body in (zagan, zaporizhzhia):
        operations.send_link(party=party_of(partnership, body), by=None, at=AT)

    to_town, to_council = Message.objects.order_by("pk")
    assert (
        "The proposer writes:\n> Вітаємо!\n> Хочемо обмінятися досвідом.\n> <b>https://example.org</b>" in to_town.text
    )
    assert "Від ініціатора:\n> Вітаємо!" in to_council.text
    assert partnership.message == f"{WORDS}\n<b>https://example.org</b>"


def test_letter_without_first_words_says_nothing_of_them(kalush: Body, zaporizhzhia: Body) -> None:
    operations.send_link(party=party_of(proposed(kalush, zaporizhzhia), zaporizhzhia), by=None, at=AT)
    assert ">" not in Message.objects.get().text


def test_first_words_have_a_length(coordinator: Client, kalush: Body, zaporizhzhia: Body) -> None:
    with pytest.raises(PartyRefused) as refusal:
        proposed(kalush, zaporizhzhia, message="x" * (LONGEST_MESSAGE + 1))
    assert refusal.value.field == "message"
    assert proposed(kalush, zaporizhzhia, message=" " + "x" * LONGEST_MESSAGE).pk
    asked = coordinator.post(PROPOSE, values(kalush, place="Запоріжжя", message="x" * (LONGEST_MESSAGE + 1)))
    assert (asked.status_code, 'id="id_message_error"' in asked.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("role", "of", "reads"),
    [
        ("coordinator", "kalush", True),
        ("reader", "zaporizhzhia", True),
        ("moderator", None, True),
        ("coordinator", "chernivtsi", False),
        ("editor", None, False),
        (None, None, False),
    ],
)
def test_only_the_parties_read_the_first_words_of_a_public_partnership(
    client: Client, request: Any, kalush: Body, zaporizhzhia: Body, role: str | None, of: str | None, *, reads: bool
) -> None:
    partnership = proposed(kalush, zaporizhzhia, visibility="public", message=WORDS)
    if role:
        client.force_login(member(role, request.getfixturevalue(of) if of else None))

    party = client.get(f"/partnerships/parties/{party_of(partnership, zaporizhzhia).pk}/")
    story = client.get(f"/partnerships/{partnership.pk}/")

    assert ("Вітаємо!" in party.content.decode()) is reads
    assert story.status_code == 200
    assert reads or "Вітаємо!" not in story.content.decode()


def test_who_answers_by_link_reads_them_escaped(client: Client, kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, message="<b>Вітаємо!</b>")
    link = operations.send_link(party=party_of(partnership, zaporizhzhia), by=None, at=timezone.now())

    page = client.get(f"/partnerships/answer/{link.token}/").content.decode()

    assert "&lt;b&gt;Вітаємо!&lt;/b&gt;" in page


def test_suspension_may_have_its_last_day(coordinator: Client, kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    address = f"/partnerships/{partnership.pk}/condition/"
    today = timezone.localdate()
    sent = {"what": "suspend", "on": today.isoformat(), "reason_uk": "канікули", "version": partnership.version}

    refused = coordinator.post(address, sent | {"suspended_to": today.isoformat()})
    assert (refused.status_code, 'id="id_suspended_to_error"' in refused.content.decode()) == (422, True)
    assert coordinator.post(address, sent | {"suspended_to": "2999-01-01"}).status_code == 302

    partnership.refresh_from_db()
    assert (partnership.suspended_from, partnership.suspended_to.isoformat()) == (today, "2999-01-01")
