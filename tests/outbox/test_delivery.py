"""Mail: one row per key in the caller's transaction, sent once, retried with patience."""

import contextlib
import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from pobratym.accounts import operations as accounts
from pobratym.audit.queries import history_of
from pobratym.outbox import operations, receipts
from pobratym.outbox.choices import State
from pobratym.outbox.letters import digest_of
from pobratym.outbox.models import Lease, Message
from pobratym.outbox.operations import delivering
from pobratym.outbox.operations.delivering import CLAIM_HOLDS, HANDING_HOLDS

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
    bad = Message.objects.get(key="bad")
    assert "Header" in bad.last_error
    # Such an address stays wrong: it is not tried eight times.
    assert (bad.state, bad.attempts) == (State.FAILED, 1)


def test_claim_of_a_killed_worker_is_taken_over_after_its_lease(letter, at):
    letter()
    Message.objects.update(state=State.SENDING, claimed_by="x", claimed_until=at + CLAIM_HOLDS, attempts=1)

    assert operations.deliver(at=at + CLAIM_HOLDS - dt.timedelta(seconds=1)) == 0
    assert operations.deliver(at=at + CLAIM_HOLDS) == 1
    message = Message.objects.get()
    assert (message.attempts, message.doubted) == (2, False)


def test_hand_over_that_was_cut_off_is_done_again_and_told(letter, at):
    letter()
    Message.objects.update(state=State.HANDING, claimed_by="x", claimed_until=at + HANDING_HOLDS, attempts=1)

    assert operations.deliver(at=at + HANDING_HOLDS - dt.timedelta(seconds=1)) == 0
    assert operations.deliver(at=at + HANDING_HOLDS) == 1
    assert Message.objects.get().doubted


def test_receipt_says_that_a_hand_over_was_taken(letter, at):
    letter()
    Message.objects.update(state=State.HANDING, claimed_by="x", claimed_until=at + HANDING_HOLDS, attempts=1)
    receipts.write(digest_of("letter:1"))

    assert operations.deliver(at=at) == 0
    message = Message.objects.get()
    assert (message.state, message.sent_at, message.doubted) == (State.SENT, at, False)
    assert mail.outbox == []
    assert receipts.waiting() == set()


def test_letter_that_takes_the_worker_down_each_time_is_given_up(letter, at):
    letter("deadly")
    letter("good")
    Message.objects.filter(key="deadly").update(state=State.HANDING, claimed_until=at, attempts=8)

    assert operations.deliver(at=at) == 1
    assert list(Message.objects.values_list("key", "state")) == [("deadly", State.FAILED), ("good", State.SENT)]


def test_claim_that_was_taken_over_meanwhile_hands_nothing_over(letter, at, monkeypatch):
    """The rival is quicker between the claim and the hand-over: its mark stands, ours writes nothing."""
    letter()
    composed = delivering.compose

    def slow(message, connection):
        Message.objects.update(claimed_by="rival", claimed_until=at + CLAIM_HOLDS)
        return composed(message, connection)

    monkeypatch.setattr(delivering, "compose", slow)

    assert operations.deliver(at=at) == 0
    assert mail.outbox == []
    assert (Message.objects.get().state, Message.objects.get().claimed_by) == (State.SENDING, "rival")


def test_told_to_stop_it_begins_no_other_letter(letter, at):
    for number in range(3):
        letter(f"letter:{number}")
    token = delivering.goes_on.set(lambda: len(mail.outbox) < 2)
    try:
        assert operations.deliver(at=at) == 2
    finally:
        delivering.goes_on.reset(token)


def test_turn_that_lasts_too_long_begins_no_other_letter(letter, at, monkeypatch):
    for number in range(3):
        letter(f"letter:{number}")
    monkeypatch.setattr(delivering, "TURN_LASTS", -1)

    assert operations.deliver(at=at) == 0
    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_given_up_letter_is_tried_again_by_hand(letter, at):
    message = letter()
    Message.objects.update(state=State.FAILED, attempts=8, last_error="x")
    by = accounts.make_person(email="m@pobratym.example", name="moderator", by=None, at=at)

    operations.try_again(message=message, by=by, at=at + MINUTE)

    assert [line.verb for line in history_of(message)] == ["outbox.message.retried"]
    assert operations.deliver(at=at + MINUTE) == 1
    with pytest.raises(operations.NotGivenUp):
        operations.try_again(message=message, by=by, at=at + MINUTE)


def test_texts_of_settled_letters_are_forgotten_and_their_keys_kept(letter, at):
    letter("old")
    letter("waiting")
    operations.deliver(at=at, limit=1)

    assert operations.forget_texts(before=at, at=at + MINUTE) == 0
    assert operations.forget_texts(before=at + MINUTE, at=at + MINUTE) == 1
    assert list(Message.objects.values_list("key", "to", "text").filter(text="")) == [("old", "", "")]
    assert letter("old").to == ""


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
