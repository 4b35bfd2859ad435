"""Noting who took records out of the product, and who saw restricted ones."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from pobratym.audit.models import EXPORTED, GUEST, Entry, Sight
from pobratym.audit.operations.recording import Fact, append, number_of
from pobratym.audit.queries import export_reference, reference
from pobratym.vocabulary.choices import Visibility


@transaction.atomic
def note_export(
    *,
    what: str,
    by: Any,
    at: dt.datetime,
    subject: models.Model | None = None,
    body: models.Model | None = None,
    rows: int | None = None,
    **facts: Fact,
) -> Entry:
    """Note that `by` takes something out: `what` is a code of `audit.choices.Export`, `rows` how many of them.

    `subject` is the record, `body` the body whose records they are: its coordinators read the note. The note is an
    entry of a chain of its own (`audit.export:…`), so it can be altered as little as any other.
    """
    about = export_reference(reference(subject) if subject is not None else "")
    return append(verb=EXPORTED, by=by, about=about, at=at, body=body, facts={**facts, "what": what, "rows": rows})


def note_seen(*, subjects: Iterable[models.Model], by: Any, at: dt.datetime) -> int:
    """Note that `by` sees those of the records that are restricted; how many were noted.

    Views pass whatever they show: the choice is made here, so that none forgets it. A record without the column
    counts as restricted. One row per person, record and hour, written by one statement, so reading floods nothing.
    """
    restricted = [one for one in subjects if getattr(one, "visibility", None) in {None, Visibility.RESTRICTED}]
    if not restricted:
        return 0
    hour = at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
    actor_id = number_of(by=by) or GUEST
    rows = [
        Sight(subject=about, actor_id=actor_id, hour=hour, first_at=at, last_at=at)
        for about in sorted({reference(one) for one in restricted})
    ]
    Sight.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["subject", "actor_id", "hour"], update_fields=["last_at"]
    )
    return len(rows)


@transaction.atomic
def forget_seen(*, before: dt.datetime) -> int:
    """Delete notes of who saw what whose hour began before the moment; how many there were."""
    return Sight.objects.filter(hour__lt=before).delete()[0]
