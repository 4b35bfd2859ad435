"""Writing the trail, in the transaction of the change that it tells about."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import models, transaction

from pobratym.audit.models import Actor, Entry
from pobratym.audit.queries import reference


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


def digest(entry: Entry, *, before: str) -> str:
    """SHA-256 over the entry's content and the digest of the entry before it."""
    content = [
        before,
        entry.subject,
        entry.position,
        entry.verb,
        entry.at.astimezone(dt.UTC).isoformat(),
        entry.actor_id,
        entry.body_id,
        entry.facts,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
