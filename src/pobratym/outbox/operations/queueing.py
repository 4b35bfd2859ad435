"""Writing mail into the outbox, trying again what was given up, forgetting what was sent long ago."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from pobratym.audit import operations as audit
from pobratym.outbox.choices import State
from pobratym.outbox.letters import render
from pobratym.outbox.models import Message
from pobratym.vocabulary.refusals import Refusal


class NotGivenUp(Refusal):
    """Only what was given up is tried again by hand."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This letter is on its way or has been sent already: there is nothing to try again."))


@transaction.atomic
def queue(
    *,
    key: str,
    to: str,
    template: str,
    data: Mapping[str, Any],
    at: dt.datetime,
    language: str = "uk",
    unsubscribe: str = "",
) -> Message:
    """Write a mail in the caller's transaction; a key that is there already writes nothing and returns its row.

    `template` is a text such as `accounts/mail/invitation.txt`: its first line is the subject, the rest the body.
    `unsubscribe` is the address that ends such letters by one click; letters that nobody can decline have none.
    """
    known = Message.objects.filter(key=key).first()
    if known is not None:
        return known
    subject, text = render(template, data, language)
    try:
        # A savepoint: a rival with the same key must not spoil the caller's transaction.
        with transaction.atomic():
            return Message.objects.create(
                key=key, to=to, subject=subject, text=text, unsubscribe=unsubscribe, queued_at=at, due_at=at
            )
    except IntegrityError:
        return Message.objects.get(key=key)


@transaction.atomic
def try_again(*, message: Message, by: Any, at: dt.datetime) -> Message:
    """Let the worker send a mail that was given up, with all its attempts anew. Raises NotGivenUp."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != State.FAILED or not message.text:
        raise NotGivenUp
    message.state = State.QUEUED
    message.attempts = 0
    message.due_at = at
    message.save(update_fields=["state", "attempts", "due_at"])
    audit.record(verb="outbox.message.retried", by=by, subject=message, at=at)
    return message


@transaction.atomic
def forget_texts(*, before: dt.datetime, at: dt.datetime) -> int:  # noqa: ARG001  # the moment of every operation
    """Empty address, subject and text of mails sent or given up before the moment; key and day remain."""
    settled = Message.objects.filter(state__in=(State.SENT, State.FAILED), queued_at__lt=before)
    return settled.exclude(text="", to="").update(to="", subject="", text="", unsubscribe="", last_error="")
