"""Declining by the link in a letter: at once by POST, never by GET, taken back, and only with our signature."""

import pytest
from django.core import signing
from django.test import Client

from pobratym.accounts.operations import invite
from pobratym.audit.queries import history_of
from pobratym.notices import links, operations
from pobratym.notices.choices import When
from pobratym.notices.models import Preference
from pobratym.notices.queries import chosen_by
from pobratym.outbox.letters import compose
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def stranger() -> Client:
    """A mail program: no session, no cookie, no form of ours; forged requests are looked for."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def address(person) -> str:
    return f"/notices/unsubscribe/{links.token_of(person.pk, ['tests.now'])}/"


def test_one_click_ends_letters_of_this_kind_and_of_no_other(stranger, address, person, tell, at):
    operations.choose(person=person, chosen={"tests.daily": When.WEEKLY}, by=person, at=at)

    answer = stranger.post(address, ONE_CLICK)

    assert answer.status_code == 200
    assert not answer.cookies
    assert chosen_by(person) == {"tests.now": When.OFF, "tests.daily": When.WEEKLY}
    assert "більше не отримуватимете" in answer.content.decode()
    assert tell(person) == []
    assert history_of(person)[0].sentence == ("Від листів «Те, що зараз» відмовилися за посиланням у листі.")


def test_body_may_come_as_form_data_or_urlencoded(stranger, address, person):
    stranger.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert chosen_by(person) == {"tests.now": When.OFF}


def test_opening_the_address_changes_nothing(stranger, address, person):
    for method in ("get", "head"):
        answer = getattr(stranger, method)(address)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]

    assert not Preference.objects.exists()
    assert not history_of(person)[:-1]
    shown = stranger.get(address).content.decode()
    assert "Те, що зараз" in shown
    assert person.email not in shown


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "yes"}, {"x": "One-Click"}])
def test_other_bodies_change_nothing(stranger, address, body):
    assert stranger.post(address, body).status_code == 422
    assert not Preference.objects.exists()


@pytest.mark.parametrize("before", ["", When.WEEKLY, When.AT_ONCE])
def test_declining_is_taken_back_to_what_was_before(stranger, address, person, at, before):
    operations.choose(person=person, chosen={"tests.now": before}, by=person, at=at)
    shown = stranger.post(address, ONE_CLICK).content.decode()
    again = shown.partition('name="again" value="')[2].partition('"')[0]

    answer = stranger.post(address, {"again": again})

    assert "знову отримуєте" in answer.content.decode()
    assert chosen_by(person) == ({"tests.now": before} if before else {})


def test_declining_twice_is_declining_once(stranger, address, person):
    stranger.post(address, ONE_CLICK)
    shown = stranger.post(address, ONE_CLICK).content.decode()

    assert "більше не отримуватимете" in shown
    assert len([line for line in history_of(person) if line.verb == "notices.preference.declined"]) == 1


def test_taking_back_touches_no_choice_made_meanwhile(stranger, address, person, at):
    shown = stranger.post(address, ONE_CLICK).content.decode()
    again = shown.partition('name="again" value="')[2].partition('"')[0]
    operations.choose(person=person, chosen={"tests.now": When.DAILY}, by=person, at=at)

    stranger.post(address, {"again": again})

    assert chosen_by(person) == {"tests.now": When.DAILY}


def test_taking_back_somebody_elses_is_not_found(stranger, address, person, other):
    stranger.post(address, ONE_CLICK)

    answer = stranger.post(address, {"again": links.token_of(other.pk, ["tests.now"], [When.AT_ONCE])})

    assert answer.status_code == 404
    assert chosen_by(person) == {"tests.now": When.OFF}


def forged(person) -> list[str]:
    right = links.token_of(person.pk, ["tests.now"])
    return [
        "x",
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        right.replace(":", "-"),
        signing.dumps([person.pk, ["tests.now"], []]),
        signing.dumps([person.pk, ["tests.now"], []], salt="other"),
        signing.dumps("x", salt=links.SALT),
        signing.dumps([10**9, ["tests.now"], []], salt=links.SALT),
    ]


@pytest.mark.parametrize("number", range(7))
@pytest.mark.parametrize("language", ["", "/en"])
def test_forged_link_is_not_found(stranger, person, number, language):
    address = f"{language}/notices/unsubscribe/{forged(person)[number]}/"

    assert stranger.get(address).status_code == 404
    assert stranger.post(address, ONE_CLICK).status_code == 404
    assert not Preference.objects.exists()


def test_link_of_an_old_letter_still_works(stranger, person, monkeypatch):
    with monkeypatch.context() as past:
        past.setattr(signing.time, "time", lambda: 1_500_000_000.0)
        token = links.token_of(person.pk, ["tests.now"])

    assert stranger.post(f"/notices/unsubscribe/{token}/", ONE_CLICK).status_code == 200


def test_letter_carries_the_headers_and_an_invitation_does_not(person, tell, at, settings):
    settings.ADDRESS = "https://pobratym.example"
    tell(person)
    invite(email="new@pobratym.example", role="reader", by=None, at=at)

    notice, invitation = (compose(row, None).message() for row in Message.objects.order_by("pk"))

    assert notice["List-Unsubscribe"].startswith("<https://pobratym.example/notices/unsubscribe/")
    assert notice["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert invitation["List-Unsubscribe"] is invitation["List-Unsubscribe-Post"] is None


def test_page_says_the_same_in_english(stranger, person):
    address = f"/en/notices/unsubscribe/{links.token_of(person.pk, ['tests.now'])}/"

    assert "Decline these letters" in stranger.get(address).content.decode()
    assert "You get no more letters of this kind" in stranger.post(address, ONE_CLICK).content.decode()
