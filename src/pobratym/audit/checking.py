"""Checking the whole trail: every chain, every seal, and seals that were kept outside.

Entries are read once, in order of subject and position, side by side with the heads that seals name in the same
order, so that memory does not grow with the trail.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, transaction

from pobratym.audit import protection
from pobratym.audit.chains import Chain, Finding, Wrong, diagnosis
from pobratym.audit.models import Entry, Seal, SealedHead
from pobratym.audit.queries import CHUNK, heads_at, new_heads, sealed_heads, statement_of
from pobratym.audit.seal_file import Count, Head, SealFile

# So many findings are told; of more only the number.
TOLD = 50


@dataclass(slots=True)
class Report:
    """What a check found."""

    entries: int = 0
    subjects: int = 0
    seals: int = 0
    found: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Count it; keep it while there is room."""
        self.found += 1
        if len(self.findings) < TOLD:
            self.findings.append(finding)


class Yardstick(NamedTuple):
    """A head that a seal names, and which seal."""

    subject: str
    position: int
    digest: str
    where: str


def check(files: Iterable[SealFile] = ()) -> Report:
    """Check everything. The first finding of each subject is told, seals first."""
    report = Report()
    files = list(files)
    for name in protection.missing(connection):
        report.add(Finding(Wrong.UNPROTECTED, where=name))
    # The seals are read first: what they cover was committed before the entries are read.
    sound = _check_seals(report, files)
    # A stored seal that is not the one from outside was forged, and so may be its neighbours.
    trusted = all(finding.wrong != Wrong.SEAL_DIFFERS for finding in report.findings)
    with _one_transaction():
        _check_chains(report, _yardsticks(sound, files), trusted=trusted)
    return report


def _one_transaction() -> AbstractContextManager[None]:
    """On PostgreSQL rows are streamed within a transaction; on SQLite a transaction would keep writers waiting."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


def _check_seals(report: Report, files: Iterable[SealFile]) -> list[int]:
    """Check what is stored of the seals; the numbers of the sound ones."""
    sound = []
    digests: dict[int, str] = {}
    expected, before = 1, ""
    for seal in Seal.objects.order_by("number").iterator(chunk_size=CHUNK):
        for number in range(expected, seal.number):
            report.add(Finding(Wrong.SEAL_MISSING, number))
        is_next = seal.number == expected
        expected, digests[seal.number] = seal.number + 1, seal.digest
        if statement_of(seal).digest() != seal.digest or (is_next and seal.before != before):
            report.add(Finding(Wrong.SEAL_ALTERED, seal.number))
        elif Count.over(new_heads(seal.number)).digest() != seal.changes:
            report.add(Finding(Wrong.SEAL_HEADS, seal.number))
        else:
            sound.append(seal.number)
        before = seal.digest
    report.seals = len(digests)
    if sound and len(sound) == len(digests):
        _check_all_heads(report, sound)
    for file in files:
        number = file.statement.number
        if number not in digests:
            report.add(Finding(Wrong.SEAL_MISSING, number))
        elif digests[number] != file.digest:
            report.add(Finding(Wrong.SEAL_DIFFERS, number, where=file.path.name))
    return sound


def _check_all_heads(report: Report, sound: list[int]) -> None:
    """The newest seal's digest over all heads: it follows from the changes of all seals."""
    seal = Seal.objects.get(number=sound[-1])
    count = Count.over(heads_at(seal.number))
    if (count.digest(), count.subjects, count.entries) != (seal.heads, seal.subjects, seal.entries):
        report.add(Finding(Wrong.SEAL_HEADS, seal.number))
        sound.pop()


def _yardsticks(sound: list[int], files: Iterable[SealFile]) -> Iterator[Yardstick]:
    """All heads that the trail must hold, in order."""
    streams = [_told_by("", sealed_heads(sound))] + [
        _told_by(str(file.statement.number), file.heads()) for file in files
    ]
    return heapq.merge(*streams, key=lambda one: (one.subject, one.position))


def _told_by(where: str, heads: Iterator[Head]) -> Iterator[Yardstick]:
    return (Yardstick(*head, where) for head in heads)


def _check_chains(report: Report, yardsticks: Iterator[Yardstick], *, trusted: bool) -> None:
    walk = _Walk(report, yardsticks, trusted=trusted)
    try:
        for entry in Entry.objects.order_by("subject", "position", "pk").iterator(chunk_size=CHUNK):
            walk.step(entry)
    except (TypeError, ValueError):  # SQLite stores any text as a moment, and Django cannot read it
        walk.stop()
    else:
        walk.end()


class _Walk:
    """The entries beside the heads that seals name."""

    def __init__(self, report: Report, yardsticks: Iterator[Yardstick], *, trusted: bool) -> None:
        """With `trusted` also the stored seals prove how far a chain is sound; without, only those from outside."""
        self.report = report
        self.trusted = trusted
        self.yardsticks = yardsticks
        self.next = next(yardsticks, None)
        self.chain: Chain | None = None
        # How far the present chain is proven by a seal.
        self.proven = 0
        self.lost = ""

    def step(self, entry: Entry) -> None:
        """Take the next entry."""
        if self.chain is None or self.chain.subject != entry.subject:
            self._leave(entry.subject)
            self.chain, self.proven = Chain(entry.subject), 0
            self.report.subjects += 1
        self.report.entries += 1
        was_broken = self.chain.is_broken
        if self.chain.takes(entry):
            self._measure(entry)
        elif not was_broken:
            self.report.add(diagnosis(self.chain, _reading(entry.subject)))

    def end(self) -> None:
        """After the last entry: what seals name beyond it is gone."""
        self._leave(None)

    def stop(self) -> None:
        """An entry cannot even be read: tell after which one."""
        subject, position = (self.chain.subject, self.chain.length) if self.chain else ("", 0)
        self.report.add(Finding(Wrong.UNREADABLE, position, subject))

    def _measure(self, entry: Entry) -> None:
        """Compare a sound entry with the heads named at its place."""
        chain = self.chain
        assert chain is not None  # noqa: S101  # set by `step`
        while self.next is not None and (self.next.subject, self.next.position) == (entry.subject, entry.position):
            if self.next.digest == entry.digest:
                self.proven = entry.position if self.trusted or self.next.where else self.proven
            elif not chain.is_broken:
                chain.is_broken = True
                self._add(Wrong.REWRITTEN, self.proven + 1, self.next)
            self.next = next(self.yardsticks, None)

    def _leave(self, following: str | None) -> None:
        """Read on to the heads of the following subject: those on the way have no entry."""
        while self.next is not None and (following is None or self.next.subject < following):
            here = self.chain is not None and self.chain.subject == self.next.subject
            if here and self.chain is not None and not self.chain.is_broken:
                self.chain.is_broken = True
                self._add(Wrong.CUT, self.chain.length + 1, self.next)
            elif not here and self.next.subject != self.lost:
                self.lost = self.next.subject
                self._add(Wrong.GONE, 1, self.next)
            self.next = next(self.yardsticks, None)

    def _add(self, wrong: Wrong, position: int, head: Yardstick) -> None:
        where = head.where or _number_of(head)
        self.report.add(Finding(wrong, position, head.subject, other=head.position, where=where))


def _number_of(head: Yardstick) -> str:
    """Which stored seal names the head."""
    found = SealedHead.objects.filter(subject=head.subject, position=head.position).order_by("number").first()
    return str(found.number) if found else ""


def _reading(subject: str) -> Callable[[], Iterator[Entry]]:
    """How to read a subject's entries again."""
    return lambda: Entry.objects.filter(subject=subject).order_by("position", "pk").iterator(chunk_size=CHUNK)
