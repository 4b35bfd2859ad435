"""Reading the trail, and checking its chain."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from pobratym.audit.chains import Chain
from pobratym.audit.history import sentence
from pobratym.audit.models import ACTING_FOR, Actor, Entry, Seal, SealedHead
from pobratym.audit.seal_file import Head, Statement, written

# Rows read at a time where all are read.
CHUNK = 2000


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
    told: dict[int, str] = {}
    for entry in entries:
        who, for_whom = by_number.get(entry.actor_id or 0, ""), by_account.get(entry.facts.get(ACTING_FOR, 0), "")
        words = {"actor": who, "absent": for_whom}
        told[entry.pk] = _("%(actor)s (acting for %(absent)s)") % words if for_whom else who
    return told


def heads_at(number: int) -> Iterator[Head]:
    """The heads that a seal covers, in order: of each subject the furthest that was sealed till then."""
    sealed = SealedHead.objects.filter(number__lte=number)
    later = sealed.filter(subject=OuterRef("subject"), position__gt=OuterRef("position"))
    return _heads(sealed.filter(~Exists(later)))


def new_heads(number: int) -> Iterator[Head]:
    """The heads that are new in a seal, in order."""
    return _heads(SealedHead.objects.filter(number=number))


def sealed_heads(numbers: Iterable[int]) -> Iterator[Head]:
    """Everything that these seals took up, in order of subject and position."""
    return _heads(SealedHead.objects.filter(number__in=numbers))


def _heads(sealed: models.QuerySet[SealedHead]) -> Iterator[Head]:
    rows = sealed.order_by("subject", "position").values_list("subject", "position", "digest")
    return (Head(*row) for row in rows.iterator(chunk_size=CHUNK))


def statement_of(seal: Seal) -> Statement:
    """What the seal says, without its heads."""
    return Statement(
        number=seal.number,
        at=seal.at,
        subjects=seal.subjects,
        entries=seal.entries,
        before=seal.before,
        changes=seal.changes,
        heads=seal.heads,
    )


def seal_file(seal: Seal) -> Iterator[str]:
    """The seal as a file, in pieces."""
    return written(statement_of(seal), heads_at(seal.number))


def verify(subject: models.Model) -> int | None:
    """The position of the first entry about the subject that was altered, removed or moved; None for a sound chain.

    Entries cut off at the end leave a sound chain: to notice that takes a seal over the heads, kept elsewhere.
    """
    chain = Chain(reference(subject))
    for entry in Entry.objects.about(chain.subject):
        if not chain.takes(entry):
            return chain.length + 1
    return None
