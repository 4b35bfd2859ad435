"""The operator's page: who opens it, the filter, trying again."""

import pytest
from django.test import Client

from pobratym.accounts import operations as accounts
from pobratym.accounts.models import User
from pobratym.outbox.choices import State
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db


def person(role: str, at) -> User:
    made = accounts.make_person(email=f"{role}@pobratym.example", name=role, by=None, at=at)
    if role in {"moderator", "editor", "reader"}:
        accounts.give_role(person=made, role=role, by=None, at=at)
    return made


def signed_in(role: str, at) -> Client:
    client = Client()
    if role:
        client.force_login(person(role, at), backend="pobratym.accounts.backends.People")
    return client


@pytest.fixture
def letter(at):
    def letter(number: int = 1, state: str = State.QUEUED) -> Message:
        return Message.objects.create(
            key=f"letter:{number}", to="rada@kalush.example", subject=f"Лист {number}", text="https://a", state=state,
            queued_at=at, due_at=at, last_error="550 no such user" if state == State.FAILED else "",
        )  # fmt: skip

    return letter


PAGE = {"": 302, "coordinator": 403, "editor": 403, "moderator": 200}


@pytest.mark.parametrize(("role", "status"), PAGE.items())
def test_only_moderators_see_the_outbox(letter, at, role, status):
    letter()

    answer = signed_in(role, at).get("/outbox/")

    assert answer.status_code == status
    if status == 200:
        shown = answer.content.decode()
        assert "rada@kalush.example" in shown
        assert "https://a" not in shown


@pytest.mark.parametrize("language", ["", "/en"])
def test_page_asks_equally_often_for_one_and_three(letter, at, language, django_assert_max_num_queries):
    client = signed_in("moderator", at)
    counts = []
    for number in (1, 2, 3):
        letter(number, State.FAILED)
        with django_assert_max_num_queries(20) as asked:
            client.get(f"{language}/outbox/")
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_empty_outbox_teaches(at):
    assert "No letter yet" in signed_in("moderator", at).get("/en/outbox/").content.decode()


def test_filter_shows_one_state_and_counts_each(letter, at):
    letter(1, State.SENT)
    letter(2, State.FAILED)
    client = signed_in("moderator", at)

    shown = client.get("/en/outbox/?state=failed").content.decode()

    assert "Лист 2" in shown
    assert "Лист 1" not in shown
    assert " ".join(shown.split()).count("(1) </option>") == 2
    assert "No letter in this state" in client.get("/en/outbox/?state=handing").content.decode()
    assert "Лист 1" in client.get("/en/outbox/?state=nonsense").content.decode()


def test_moderator_tries_a_letter_again(letter, at):
    message = letter(1, State.FAILED)
    client = signed_in("moderator", at)
    assert f"/outbox/{message.pk}/again/" in client.get("/outbox/").content.decode()

    answer = client.post(f"/en/outbox/{message.pk}/again/", follow=True)

    assert answer.redirect_chain == [("/en/outbox/", 302)]
    assert "in the queue again" in answer.content.decode()
    assert Message.objects.get().state == State.QUEUED


AGAIN = {"": 302, "coordinator": 403, "editor": 403}


@pytest.mark.parametrize(("role", "status"), AGAIN.items())
def test_nobody_else_tries_again(letter, at, role, status):
    message = letter(1, State.FAILED)

    assert signed_in(role, at).post(f"/outbox/{message.pk}/again/").status_code == status
    assert Message.objects.get().state == State.FAILED


def test_what_was_sent_is_not_tried_again(letter, at):
    message = letter(1, State.SENT)
    client = signed_in("moderator", at)

    assert "again/" not in client.get("/outbox/").content.decode()
    assert client.post(f"/outbox/{message.pk}/again/").status_code == 404
    assert client.get(f"/outbox/{message.pk}/again/").status_code == 404
