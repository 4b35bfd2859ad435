"""Writing the trail, in the transaction of the change that it tells about."""

import datetime as dt
from typing import Any

from django.db import models, transaction

from pobratym.audit.models import Actor, Entry
from pobratym.audit.queries import digest, reference

__all__ = ["NotInTransaction", "digest", "record"]


class NotInTransaction(Exception):
    """An entry outside the transaction of its change could outlive it."""


def record(
    *,
    verb: str,
    by: Any,
    subject: models.Model,
    at: dt.datetime,
    body: models.Model | None = None,
    **facts: str | int | bool | None,
) -> Entry:
    """Append an entry about `subject`; `by` is a user or None for the product itself or a guest.

    Facts are plain values and never free text about persons. Raises NotInTransaction outside `atomic`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(verb)
    actor_id = None
    if by is not None:
        actor, _made = Actor.objects.get_or_create(user_id=by.pk, defaults={"name": str(by)})
        actor_id = actor.pk
    about = reference(subject)
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


def _wait_for_turn(about: str) -> None:
    """One writer at a time per subject: on PostgreSQL by a lock till the end of the transaction.

    SQLite has one writer anyway. Without it two entries would claim the same position and one change would fail.
    """
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [about])
