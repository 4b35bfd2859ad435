"""Reading the trail, and checking its chain."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from pobratym.audit.history import sentence
from pobratym.audit.models import ACTING_FOR, EXPORTED, Actor, Entry

__all__ = ["EXPORTED", "Line", "digest", "export_reference", "history_of", "reference", "verify"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a readable history."""

    at: dt.datetime
    actor: str
    sentence: str
    verb: str


def reference(subject: models.Model) -> str:
    """How an entry names its subject: `partnerships.partnership:7`."""
    return f"{subject._meta.label_lower}:{subject.pk}"  # noqa: SLF001  # Django's documented model API


def export_reference(about: str) -> str:
    """The name of the chain that notes the exports of a record, or of what is no single record."""
    return f"audit.export:{about}"


def history_of(*subjects: models.Model) -> list[Line]:
    """The history of the subjects together, newest first, in the present language."""
    entries = list(Entry.objects.filter(subject__in=[reference(s) for s in subjects]).order_by("-at", "-pk"))
    names = _names_in(entries)
    return [Line(at=e.at, actor=names[e.pk], sentence=sentence(e.verb, e.facts), verb=e.verb) for e in entries]


def _names_in(entries: list[Entry]) -> dict[int, str]:
    """Who did each entry, and for whom, if a substitute did it; in one query."""
    numbers = {entry.actor_id for entry in entries}
    absent = {entry.facts[ACTING_FOR] for entry in entries if ACTING_FOR in entry.facts}
    found = Actor.objects.filter(models.Q(pk__in=numbers) | models.Q(user_id__in=absent))
    by_number, by_account = {}, {}
    for actor in found:
        by_number[actor.pk], by_account[actor.user_id] = actor.name, actor.name
    told = {}
    for entry in entries:
        actor, for_whom = by_number.get(entry.actor_id or 0, ""), by_account.get(entry.facts.get(ACTING_FOR, 0), "")
        words = {"actor": actor, "absent": for_whom}
        told[entry.pk] = _("%(actor)s (acting for %(absent)s)") % words if for_whom else actor
    return told


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


def verify(subject: models.Model) -> int | None:
    """The position of the first entry about the subject that was altered, removed or moved; None for a sound chain.

    Entries cut off at the end leave a sound chain: to notice that takes a seal over the heads, kept elsewhere.
    """
    before = ""
    for position, entry in enumerate(Entry.objects.about(reference(subject)), start=1):
        if entry.position != position or entry.digest != digest(entry, before=before):
            return position
        before = entry.digest
    return None
