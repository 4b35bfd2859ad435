"""Writing the trail, in the transaction of the change that it tells about."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pobratym.audit.chains import digest
from pobratym.audit.models import ACTING_FOR, Actor, Entry
from pobratym.audit.queries import reference
from pobratym.vocabulary.refusals import Refusal

Fact = str | int | bool | None

# The longest fact is the official name of a body; what is longer was written by a person about something.
LONGEST_FACT = 500
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# How chains are named: type and key of a record. The names stand in seals, which leave the house.
NAME = re.compile(r"[\w.:-]{1,120}", re.ASCII)


class NotInTransaction(Exception):
    """An entry outside the transaction of its change could outlive it."""


class FreeText(Refusal):
    """A fact that may hold personal data: it could never be erased from the chain."""

    def __init__(self) -> None:
        super().__init__(
            _("What is written here stays in the history for ever: leave out e-mail addresses, and keep it short.")
        )


def record(
    *,
    verb: str,
    by: Any,
    subject: models.Model,
    at: dt.datetime,
    body: models.Model | None = None,
    **facts: Fact,
) -> Entry:
    """Append an entry about `subject`; `by` is a user or None for the product itself or a guest.

    Facts are plain values and never free text about persons. Raises NotInTransaction outside `atomic`, and FreeText
    for an e-mail address, several lines or a long text.
    """
    _check_transaction(verb)
    return append(verb=verb, by=by, about=reference(subject), at=at, body=body, facts=facts)


def append(
    *, verb: str, by: Any, about: str, at: dt.datetime, body: models.Model | None, facts: Mapping[str, Fact]
) -> Entry:
    """Append an entry to the chain that has this name."""
    _check_transaction(verb)
    facts = {**facts, **_for_whom(by, about, body, at)}
    if not NAME.fullmatch(about):
        raise FreeText
    for value in facts.values():
        _refuse_free_text(value)
    actor_id = number_of(by=by)
    _wait_for_turn(about)
    last = Entry.objects.about(about).last()
    entry = Entry(
        subject=about,
        position=last.position + 1 if last else 1,
        verb=verb,
        at=at,
        actor_id=actor_id,
        body_id=body.pk if body else None,
        facts=facts,
    )
    entry.digest = digest(entry, before=last.digest if last else "")
    entry.save()
    return entry


def number_of(*, by: Any) -> int | None:
    """The number under which the trail knows a user; None for the product itself or a guest."""
    if by is None or by.pk is None:
        return None
    actor, _made = Actor.objects.get_or_create(user_id=by.pk, defaults={"name": str(by)})
    return actor.pk


def _for_whom(by: Any, about: str, body: models.Model | None, at: dt.datetime) -> Mapping[str, Fact]:
    """Whom the actor stands in for, by number: a substitute's deed is told so; a deed about oneself is one's own."""
    asked = getattr(by, "acting_for", None)
    if asked is None or about == reference(by):
        return {}
    absent = asked(body.pk if body else None, at)
    return {ACTING_FOR: absent} if absent is not None else {}


def _check_transaction(verb: str) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(verb)


def _refuse_free_text(value: Fact) -> None:
    if isinstance(value, str) and (len(value) > LONGEST_FACT or "\n" in value or ADDRESS.search(value)):
        raise FreeText


def _wait_for_turn(about: str) -> None:
    """One writer at a time per subject: on PostgreSQL by a lock till the end of the transaction.

    SQLite has one writer anyway. Without it two entries would claim the same position and one change would fail.
    """
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [about])
