"""Sending: claimed, handed over, marked, each step in a transaction of its own (ADR 0019).

A kill before the hand-over leaves a claim that is taken over when its lease ends; one after the receipt leaves a mark
to be written. Only between the mail server's "250" and the receipt nobody knows: such a mail is handed over again
with the same Message-ID, and its row says so.
"""

import datetime as dt
import logging
import secrets
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from pobratym.outbox import receipts
from pobratym.outbox.choices import State
from pobratym.outbox.letters import compose, digest_of
from pobratym.outbox.models import Message

logger = logging.getLogger(__name__)

# After the first try a minute, then twice as long each time; given up after the eighth, two hours later.
FIRST_WAIT = dt.timedelta(minutes=1)
LAST_ATTEMPT = 8
# Seconds for one answer of the mail server; the answer to a whole mail may take long (RFC 5321, 4.5.3.2).
TIMEOUT = 60
# A claim in which nothing was said to the server yet is taken over soon: whoever lost it notices before the hand-over.
CLAIM_HOLDS = dt.timedelta(seconds=30)
# A hand-over is four answers of the server at most; one into the folder is done again at any time.
HANDING_HOLDS = dt.timedelta(minutes=6)
# Seconds after which a turn begins no other mail: its moment, from which claims are counted, would be too old.
TURN_LASTS = 10

# The worker sets its own: told to stop, it begins no other mail.
goes_on: ContextVar[Callable[[], bool]] = ContextVar("goes_on", default=lambda: True)


def deliver(*, at: dt.datetime, limit: int = 50) -> int:
    """Send up to `limit` due mails, each claimed under a lock before and marked after; how many were sent."""
    _settle(at)
    connection: BaseEmailBackend = get_connection(timeout=TIMEOUT)
    began, sent = time.monotonic(), 0
    try:
        for _turn in range(limit):
            if not goes_on.get()() or time.monotonic() - began > TURN_LASTS:
                break
            message = _claim(connection, at)
            if message is None or not _open(connection, message, at):
                break
            sent += _send(message, connection, at)
    finally:
        _close(connection)
    return sent


def _settle(at: dt.datetime) -> None:
    """Write the marks that killed workers owe: their receipts say that the server has the mail."""
    waiting = receipts.waiting()
    if not waiting:
        return
    for message in Message.objects.exclude(state=State.SENT).only("key"):
        if digest_of(message.key) in waiting:
            _mark(message, at)
    for digest in waiting:
        receipts.remove(digest)


@transaction.atomic
def _claim(connection: BaseEmailBackend, at: dt.datetime) -> Message | None:
    """The next mail, claimed. One that took the process down with it each time is given up, not tried for ever."""
    while message := Message.objects.select_for_update(skip_locked=True).due(at).first():
        if message.state != State.QUEUED and message.attempts >= LAST_ATTEMPT:
            Message.objects.filter(pk=message.pk).update(
                state=State.FAILED, last_error="The worker ended each time while it was sending this letter."
            )
            continue
        message.doubted |= message.state == State.HANDING and not _repeats_harmlessly(connection)
        message.state = State.SENDING
        message.claimed_by = secrets.token_hex(8)
        message.claimed_until = at + CLAIM_HOLDS
        message.attempts += 1
        message.save(update_fields=["state", "claimed_by", "claimed_until", "attempts", "doubted"])
        return message
    return None


def _open(connection: BaseEmailBackend, message: Message, at: dt.datetime) -> bool:
    """Reach the server before the hand-over. When it is away, that is no attempt: no mail is given up for it."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        said = _said(error)
        Message.objects.claimed(message, State.SENDING).update(
            state=State.QUEUED, due_at=at + FIRST_WAIT, attempts=message.attempts - 1, last_error=said
        )
        logger.warning("The mail server cannot be used: %s", said)
        return False
    return True


def _send(message: Message, connection: BaseEmailBackend, at: dt.datetime) -> int:
    try:
        mail = compose(message, connection)
    except ValueError as error:
        # An address that is none stays none.
        _note_failure(message, State.SENDING, error, at, for_good=True)
        return 0
    if not _begin_to_hand_over(message, connection, at):
        return 0
    try:
        _hand_over(mail, message, connection)
    except Exception as error:  # noqa: BLE001  # whatever the server or the network says, the row keeps it
        _note_failure(message, State.HANDING, error, at, for_good=_is_refused(error))
        # After an error nobody knows where the conversation stands: the next mail begins a new one.
        _close(connection)
        return 0
    _mark(message, at)
    receipts.remove(digest_of(message.key))
    return 1


def _begin_to_hand_over(message: Message, connection: BaseEmailBackend, at: dt.datetime) -> bool:
    """From here on a kill leaves a doubt. False if another worker has taken the claim over."""
    until = at + (CLAIM_HOLDS if _repeats_harmlessly(connection) else HANDING_HOLDS)
    return bool(Message.objects.claimed(message, State.SENDING).update(state=State.HANDING, claimed_until=until))


def _hand_over(mail: EmailMessage, message: Message, connection: BaseEmailBackend) -> None:
    """Give the mail to the server, and note at once that it has it."""
    connection.send_messages([mail])
    if _repeats_harmlessly(connection):
        return
    try:
        receipts.write(digest_of(message.key))
    except OSError as error:
        # A full disk does not take the mail back from the server; the mark follows at once.
        logger.warning("No receipt of mail %s could be written: %s", message.pk, error)


def _repeats_harmlessly(connection: BaseEmailBackend) -> bool:
    return bool(getattr(connection, "repeats_harmlessly", False))


def _mark(message: Message, at: dt.datetime) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=State.SENT, sent_at=at, last_error="", claimed_by="", claimed_until=None
    )


def _note_failure(message: Message, state: str, error: Exception, at: dt.datetime, *, for_good: bool) -> None:
    """Wait longer each time, or give up; whoever lost the claim writes nothing."""
    said = _said(error)
    given_up = for_good or message.attempts >= LAST_ATTEMPT
    Message.objects.claimed(message, state).update(
        state=State.FAILED if given_up else State.QUEUED,
        due_at=at + FIRST_WAIT * 2 ** (message.attempts - 1),
        # A conversation that broke off may have done so after the server took the mail.
        doubted=message.doubted or isinstance(error, smtplib.SMTPServerDisconnected),
        last_error=said,
    )
    logger.warning("Mail %s was not sent (attempt %s): %s", message.pk, message.attempts, said)


def _is_refused(error: Exception) -> bool:
    """The server will never take this mail: asking again is of no use and harms our name there."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        connection.close()
