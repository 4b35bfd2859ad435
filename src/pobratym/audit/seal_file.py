"""A seal as a file: plain text that anyone can check with `sha256sum`, the same bytes on every machine.

The first lines tell number, moment and counts; `heads` is the SHA-256 of all lines below the empty line, and `digest`
the SHA-256 of the lines from `number` to `heads`. Below the empty line stands one line per subject, in order of
bytes: the digest of its newest entry, the entry's position, the subject.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from pobratym.vocabulary.refusals import Refusal

FIRST_LINE = "pobratym seal of the trail, form 1"
NAMES = ("number", "at", "subjects", "entries", "before", "changes", "heads", "digest")
HEAD = re.compile(r"([0-9a-f]{64}) ([1-9][0-9]{0,9}) ([\w.:-]{1,120})", re.ASCII)
# No line of a seal is longer; a longer one is not read into memory.
LONGEST_LINE = 300


class NotASeal(Refusal):
    """The file is something else, or was changed since it was written."""


class Head(NamedTuple):
    """The newest entry of a subject; ordered by subject and position."""

    subject: str
    position: int
    digest: str

    def line(self) -> str:
        """How it stands in a file, and what is hashed of it."""
        return f"{self.digest} {self.position} {self.subject}\n"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a seal says besides its heads."""

    number: int
    at: dt.datetime
    subjects: int
    entries: int
    before: str
    changes: str
    heads: str

    def lines(self) -> str:
        """The lines that its digest covers."""
        values = (
            self.number,
            self.at.astimezone(dt.UTC).isoformat(),
            self.subjects,
            self.entries,
            self.before or "-",
            self.changes,
            self.heads,
        )
        return "".join(f"{name}: {value}\n" for name, value in zip(NAMES, values, strict=False))

    def digest(self) -> str:
        """The digest that the next seal takes up, and that fits on a slip of paper."""
        return hashlib.sha256(self.lines().encode()).hexdigest()


class Count:
    """A digest over heads, with their number and the number of entries below them."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()
        self.subjects = 0
        self.entries = 0

    def add(self, head: Head) -> None:
        """Take up the next head; they come in order."""
        self.sha256.update(head.line().encode())
        self.subjects += 1
        self.entries += head.position

    @classmethod
    def over(cls, heads: Iterable[Head]) -> "Count":
        """Of all of them."""
        count = cls()
        for head in heads:
            count.add(head)
        return count

    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return self.sha256.hexdigest()


def written(statement: Statement, heads: Iterable[Head]) -> Iterator[str]:
    """The file, in pieces."""
    yield f"{FIRST_LINE}\n{statement.lines()}digest: {statement.digest()}\n\n"
    for head in heads:
        yield head.line()


class SealFile:
    """A seal that was kept outside; its own lines hold together, or it is refused."""

    def __init__(self, path: Path) -> None:
        """Read it once whole. Raises NotASeal."""
        self.path = path
        self.statement, self.digest = self._statement()
        count, before = Count(), None
        for head in self.heads():
            if before is not None and head.subject <= before:
                raise NotASeal(_("%(file)s: its lines are out of order. Take an untouched copy.") % self._named())
            before = head.subject
            count.add(head)
        told = (self.statement.heads, self.statement.subjects, self.statement.entries)
        if told != (count.digest(), count.subjects, count.entries) or self.statement.digest() != self.digest:
            raise NotASeal(
                _("%(file)s was changed or cut since it was written: its digest does not fit. Take an untouched copy.")
                % self._named()
            )

    def heads(self) -> Iterator[Head]:
        """Its heads, in order; read anew each time, so that a large file needs no memory."""
        lines = self._lines()
        for line in lines:
            if line == "":
                break
        for line in lines:
            parts = HEAD.fullmatch(line)
            if parts is None:
                raise self._something_else()
            yield Head(parts[3], int(parts[2]), parts[1])

    def _statement(self) -> tuple[Statement, str]:
        lines = self._lines()
        if next(lines, None) != FIRST_LINE:
            raise self._something_else()
        told: dict[str, str] = {}
        for name in NAMES:
            key, _colon, value = next(lines, "").partition(": ")
            if key != name:
                raise self._something_else()
            told[name] = value
        if next(lines, None) != "":
            raise self._something_else()
        try:
            statement = Statement(
                number=int(told["number"]),
                at=dt.datetime.fromisoformat(told["at"]),
                subjects=int(told["subjects"]),
                entries=int(told["entries"]),
                before="" if told["before"] == "-" else told["before"],
                changes=told["changes"],
                heads=told["heads"],
            )
        except ValueError:
            raise self._something_else() from None
        if statement.at.tzinfo is None:
            raise self._something_else()
        return statement, told["digest"]

    def _lines(self) -> Iterator[str]:
        try:
            with self.path.open("rb") as file:
                while line := file.readline(LONGEST_LINE):
                    # A line that is longer, has another ending or is no ASCII is refused by whoever reads it.
                    yield line[:-1].decode("ascii") if line.endswith(b"\n") else "?"
        except (OSError, UnicodeDecodeError):
            raise self._something_else() from None

    def _something_else(self) -> NotASeal:
        return NotASeal(
            _("%(file)s is not a seal of the trail. Name a file that `pobratym audit export-seal` wrote.")
            % self._named()
        )

    def _named(self) -> dict[str, str]:
        return {"file": self.path.name}
