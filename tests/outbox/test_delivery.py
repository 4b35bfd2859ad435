"""Mail: one row per key in the caller's transaction, sent once, retried with patience."""

import contextlib
import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from pobratym.accounts import operations as accounts
from pobratym.outbox import operations
from pobratym.outbox.choices import State
from pobratym.outbox.models import CLAIM_HOLDS, Lease, Message

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class Broken(EmailBackend):
    """A server that refuses."""

    def send_messages(self, _messages) -> int:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def letter(at):
    def letter(key: str = "letter:1", **changes) -> Message:
        values = {
            "key": key,
            "to": "rada@kalush.example",
            "template": "accounts/mail/invitation.txt",
            "data": {
                "invitation": {"body": None, "get_role_display": "x’ & <y>", "expires_at": at},
                "address": "https://a",
            },
            "at": at,
            **changes,
        }
        return operations.queue(**values)

    return letter


def test_letter_is_plain_text_with_the_first_line_as_subject(letter):
    message = letter()

    assert message.subject == "Запрошення до «Побратима»"
    assert message.text.startswith("Вас запрошують")
    assert "x’ & <y>" in message.text
    assert message.state == State.QUEUED


def test_language_is_a_parameter(letter):
    assert letter(language="en").subject == "Invitation to Pobratym"


def test_same_key_twice_is_one_letter(letter):
    first = letter()

    assert letter(to="other@kalush.example") == first
    assert Message.objects.get().to == "rada@kalush.example"


def test_letter_goes_back_with_its_transaction(letter):
    with contextlib.suppress(RuntimeError), transaction.atomic():
        letter()
        raise RuntimeError

    assert not Message.objects.exists()


def test_due_letter_is_sent_once(letter, at):
    letter()

    assert operations.deliver(at=at - MINUTE) == 0
    assert operations.deliver(at=at) == 1
    assert operations.deliver(at=at + 60 * MINUTE) == 0

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["rada@kalush.example"], "Запрошення до «Побратима»")
    assert sent.extra_headers["Message-ID"] == operations.message_id("letter:1")
    message = Message.objects.get()
    assert (message.state, message.sent_at, message.attempts) == (State.SENT, at, 1)


def test_limit_leaves_the_rest_for_the_next_turn(letter, at):
    for number in range(3):
        letter(f"letter:{number}")

    assert [operations.deliver(at=at, limit=2), operations.deliver(at=at, limit=2)] == [2, 1]


def test_refused_letter_waits_longer_each_time_and_is_given_up(letter, at, settings):
    letter()
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    waits = []
    now = at

    while Message.objects.get().state == State.QUEUED:
        operations.deliver(at=now)
        due = Message.objects.get().due_at
        waits.append((due - now) // MINUTE)
        now = due

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    message = Message.objects.get()
    assert (message.state, message.attempts) == (State.FAILED, 8)
    assert message.last_error == "SMTPServerDisconnected: Connection unexpectedly closed"


def test_refused_letter_is_sent_when_the_server_is_back(letter, at, settings):
    letter()
    good, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Broken"
    operations.deliver(at=at)
    settings.EMAIL_BACKEND = good

    assert operations.deliver(at=at) == 0
    assert operations.deliver(at=at + MINUTE) == 1
    assert Message.objects.get().last_error == ""


def test_one_bad_letter_does_not_hold_up_the_others(letter, at):
    letter("bad", to="x\nBcc: y@evil.example")
    letter("good")

    assert operations.deliver(at=at) == 1
    assert [sent.to for sent in mail.outbox] == [["rada@kalush.example"]]
    assert "Header" in Message.objects.get(key="bad").last_error


def test_claim_of_a_killed_worker_is_taken_up_after_ten_minutes(letter, at):
    letter()
    Message.objects.update(state=State.SENDING, claimed_at=at, attempts=1)

    assert operations.deliver(at=at + CLAIM_HOLDS - dt.timedelta(seconds=1)) == 0
    assert operations.deliver(at=at + CLAIM_HOLDS) == 1
    assert Message.objects.get().attempts == 2


def test_lease_has_one_holder_until_it_runs_out(at):
    def take(holder: str, moment: dt.datetime, *, renew: bool = True) -> bool:
        return operations.acquire_lease(name="worker", holder=holder, at=moment, lasts=MINUTE, renew=renew)

    assert take("a", at)
    assert not take("b", at + MINUTE / 2)
    assert take("a", at + MINUTE / 2)
    assert not take("b", at + MINUTE)
    assert not take("a", at + MINUTE, renew=False)
    assert take("b", at + 2 * MINUTE)
    operations.release_lease(name="worker", holder="a")
    assert Lease.objects.get().holder == "b"
    operations.release_lease(name="worker", holder="b")
    assert take("a", at)


PAGE = {"": 302, "coordinator": 403, "moderator": 200}


@pytest.mark.parametrize(("role", "status"), PAGE.items())
def test_only_moderators_see_the_outbox(client, letter, at, role, status):
    letter()
    if role:
        person = accounts.make_person(email="p@pobratym.example", name=role, by=None, at=at)
        if role == "moderator":
            accounts.give_role(person=person, role=role, by=None, at=at)
        client.force_login(person, backend="pobratym.accounts.backends.People")

    answer = client.get("/outbox/")

    assert answer.status_code == status
    if status == 200:
        shown = answer.content.decode()
        assert "rada@kalush.example" in shown
        assert "https://a" not in shown


@pytest.mark.parametrize("language", ["", "/en"])
def test_page_asks_equally_often_for_one_and_three(client, letter, at, language, django_assert_max_num_queries):
    person = accounts.make_person(email="p@pobratym.example", name="moderator", by=None, at=at)
    accounts.give_role(person=person, role="moderator", by=None, at=at)
    client.force_login(person, backend="pobratym.accounts.backends.People")
    counts = []
    for number in (1, 2, 3):
        letter(f"letter:{number}")
        with django_assert_max_num_queries(20) as asked:
            client.get(f"{language}/outbox/")
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_empty_outbox_teaches(client, at):
    person = accounts.make_person(email="p@pobratym.example", name="moderator", by=None, at=at)
    accounts.give_role(person=person, role="moderator", by=None, at=at)
    client.force_login(person, backend="pobratym.accounts.backends.People")

    assert "No letter yet" in client.get("/en/outbox/").content.decode()
