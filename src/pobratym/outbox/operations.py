"""Writing mail into the outbox, sending what is due, and the leases of background work."""

import datetime as dt
import hashlib
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from pobratym.outbox.choices import State
from pobratym.outbox.models import Lease, Message

logger = logging.getLogger(__name__)

# After the first try a minute, then twice as long each time; given up after the eighth, two hours later.
FIRST_WAIT = dt.timedelta(minutes=1)
LAST_ATTEMPT = 8
# Seconds for one answer of the mail server.
TIMEOUT = 20


@transaction.atomic
def queue(
    *, key: str, to: str, template: str, data: Mapping[str, Any], at: dt.datetime, language: str = "uk"
) -> Message:
    """Write a mail in the caller's transaction; a key that is there already writes nothing and returns its row.

    `template` is a text such as `accounts/mail/invitation.txt`: its first line is the subject, the rest the body.
    """
    known = Message.objects.filter(key=key).first()
    if known is not None:
        return known
    subject, text = _render(template, data, language)
    try:
        # A savepoint: a rival with the same key must not spoil the caller's transaction.
        with transaction.atomic():
            return Message.objects.create(key=key, to=to, subject=subject, text=text, queued_at=at, due_at=at)
    except IntegrityError:
        return Message.objects.get(key=key)


def deliver(*, at: dt.datetime, limit: int = 50) -> int:
    """Send up to `limit` due mails, each claimed under a lock before and marked after; how many were sent.

    A worker killed between the server's answer and the mark leaves a claim, and the mail is tried again ten minutes
    later: SMTP cannot do better than "at least once" at this one point. Its Message-ID stays the same, so that the
    receiving side can recognise the double.
    """
    sent = 0
    connection: BaseEmailBackend = get_connection(timeout=TIMEOUT)
    for _turn in range(limit):
        message = _claim(at)
        if message is None:
            break
        sent += _send(message, connection, at)
    return sent


def acquire_lease(*, name: str, holder: str, at: dt.datetime, lasts: dt.timedelta, renew: bool = True) -> bool:
    """Take or, with `renew`, prolong a lease; False while another one (or an unfinished turn) holds it."""
    free = Q(until__lte=at)
    if renew:
        free |= Q(holder=holder)
    if Lease.objects.filter(free, name=name).update(holder=holder, until=at + lasts):
        return True
    try:
        with transaction.atomic():
            _lease, made = Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": at + lasts})
    except IntegrityError:
        return False
    return made


def release_lease(*, name: str, holder: str) -> None:
    """Give a lease back, so that the next process need not wait for its end."""
    Lease.objects.filter(name=name, holder=holder).delete()


def _render(template: str, data: Mapping[str, Any], language: str) -> tuple[str, str]:
    with translation.override(language):
        # Plain text: nothing is escaped, an apostrophe stays an apostrophe.
        written = get_template(template).template.render(  # type: ignore[attr-defined]  # our engine is Django's
            Context(dict(data), autoescape=False)
        )
    subject, _newline, text = written.strip().partition("\n")
    return " ".join(subject.split())[:300], text.strip() + "\n"


@transaction.atomic
def _claim(at: dt.datetime) -> Message | None:
    message = Message.objects.select_for_update(skip_locked=True).due(at).first()
    if message is None:
        return None
    message.state = State.SENDING
    message.claimed_at = at
    message.attempts += 1
    message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def _send(message: Message, connection: BaseEmailBackend, at: dt.datetime) -> int:
    mail = EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        connection=connection,
        headers={"Message-ID": message_id(message.key), "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except Exception as error:  # noqa: BLE001  # whatever the server or the network says, the row keeps it
        _note_failure(message, error, at)
        return 0
    Message.objects.filter(pk=message.pk).update(state=State.SENT, sent_at=at, last_error="")
    return 1


def _note_failure(message: Message, error: Exception, at: dt.datetime) -> None:
    message.last_error = f"{type(error).__name__}: {error}"[:300]
    message.state = State.FAILED if message.attempts >= LAST_ATTEMPT else State.QUEUED
    message.due_at = at + FIRST_WAIT * 2 ** (message.attempts - 1)
    message.save(update_fields=["last_error", "state", "due_at"])
    logger.warning("Mail %s was not sent (attempt %s): %s", message.pk, message.attempts, message.last_error)


def message_id(key: str) -> str:
    """The same for every attempt of one mail."""
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"
