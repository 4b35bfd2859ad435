"""Reading the trail, and checking its chain."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from pobratym.audit.chains import Chain
from pobratym.audit.history import kind_of, kinds, public_verbs, sentence, sentences
from pobratym.audit.models import ACTING_FOR, EXPORTED, Actor, Entry, EntryQuerySet, Seal, SealedHead, Sight
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


def history_of(*subjects: models.Model, last: int | None = None) -> list[Line]:
    """The history of the subjects together, newest first, in the present language; whole or its last lines."""
    return lines_of(entries_about([reference(subject) for subject in subjects])[:last])


def entries_about(references: Collection[str], kind: str = "") -> EntryQuerySet:
    """The entries of the subjects, newest first; of one kind if its name in the address is given."""
    found = Entry.objects.filter(subject__in=references).order_by("-at", "-pk")
    if kind in kinds:
        found = found.filter(verb__in=_verbs_of(kind))
    return found


def kinds_in(references: Collection[str]) -> list[tuple[str, str]]:
    """The kinds of events that the subjects' entries are of: name in the address, label; each label once."""
    verbs = Entry.objects.filter(subject__in=references).order_by().values_list("verb", flat=True).distinct()
    present = {kind_of(verb) for verb in verbs}
    labelled: dict[str, str] = {}
    for kind, label in kinds.items():
        if kind in present:
            labelled.setdefault(str(label), kind)
    return [(kind, label) for label, kind in labelled.items()]


def _verbs_of(kind: str) -> list[str]:
    """The verbs of all kinds that share the label."""
    alike = {other for other, label in kinds.items() if str(label) == str(kinds[kind])}
    return [verb for verb in sentences if kind_of(verb) in alike]


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    """The entries as lines of a readable history, in the present language; one query for all names."""
    entries = list(entries)
    names = _names_in(entries)
    return [Line(at=e.at, actor=names[e.pk], sentence=sentence(e.verb, e.facts), verb=e.verb) for e in entries]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line of a public extract: no person, and the digest only where the day is told too."""

    position: int
    day: dt.date
    sentence: str
    body_id: int | None
    digest: str


def public_extract(subject: models.Model, *, coarse: bool) -> list[PublicLine]:
    """What anyone may read of the subject's chain, oldest first, in the present language.

    With `coarse` days become months, and digests are left out: from a digest the hidden day could be found by trying.
    """
    found = Entry.objects.about(reference(subject)).filter(verb__in=public_verbs)
    return [
        PublicLine(
            position=entry.position,
            day=told_day(entry.at, coarse=coarse),
            sentence=sentence(entry.verb, entry.facts, coarse=coarse),
            body_id=entry.body_id,
            digest="" if coarse else entry.digest,
        )
        for entry in found
    ]


def told_day(at: dt.datetime, *, coarse: bool) -> dt.date:
    """The day of an entry as the public is told it: with `coarse` the first of its month."""
    day = timezone.localdate(at)
    return day.replace(day=1) if coarse else day


def exports(bodies: Collection[int] | None, references: Collection[str] = ()) -> EntryQuerySet:
    """What was taken out, newest first: of these bodies and records, or all."""
    found = Entry.objects.filter(verb=EXPORTED).order_by("-at", "-pk")
    if bodies is None:
        return found
    chains = [export_reference(about) for about in references]
    return found.filter(models.Q(body_id__in=bodies) | models.Q(subject__in=chains))


def sights_of(references: Collection[str]) -> models.QuerySet[Sight]:
    """Who saw the records, newest first."""
    return Sight.objects.filter(subject__in=references).order_by("-hour", "-last_at", "-pk")


def names_of(numbers: Iterable[int | None]) -> dict[int, str]:
    """The names under actor numbers."""
    return dict(Actor.objects.filter(pk__in={number for number in numbers if number}).values_list("pk", "name"))


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
