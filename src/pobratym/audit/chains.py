"""Walking along a chain, and telling what happened at the place where it breaks."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from pobratym.audit.models import Entry


class Wrong(models.TextChoices):
    """What can be wrong with the trail."""

    ALTERED = "altered", _("%(subject)s, entry %(position)s: altered.")
    MISSING = "missing", _("%(subject)s, entry %(position)s: missing.")
    MOVED = "moved", _("%(subject)s, entry %(position)s: moved; it stands at %(other)s.")
    INSERTED = "inserted", _("%(subject)s, entry %(position)s: inserted.")
    UNREADABLE = "unreadable", _("%(subject)s, entry %(position)s: what follows it cannot be read.")
    CUT = "cut", _("%(subject)s, entry %(position)s: cut off; the seal %(where)s covers entries up to %(other)s.")
    GONE = (
        "gone",
        _("%(subject)s, entry %(position)s: all entries are gone; the seal %(where)s covers %(other)s of them."),
    )
    REWRITTEN = (
        "rewritten",
        _("%(subject)s, entry %(position)s: rewritten here or up to %(other)s; the seal %(where)s proves it."),
    )
    SEAL_ALTERED = "seal altered", _("Seal %(position)s: altered.")
    SEAL_HEADS = "seal heads", _("Seal %(position)s: the entries that it names were altered.")
    SEAL_MISSING = "seal missing", _("Seal %(position)s: missing.")
    SEAL_DIFFERS = "seal differs", _("Seal %(position)s: not the one in %(where)s.")
    UNPROTECTED = "unprotected", _("The database no longer refuses changes to the trail: %(where)s is missing.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: what, with which subject, at which position (or seal)."""

    wrong: Wrong
    position: int = 0
    subject: str = ""
    other: int = 0
    where: str = ""

    def sentence(self) -> str:
        """For people, in the present language."""
        return str(self.wrong.label) % {
            "subject": self.subject, "position": self.position, "other": self.other, "where": self.where
        }  # fmt: skip


def digest(entry: Entry, *, before: str, position: int | None = None) -> str:
    """SHA-256 over the entry's content and the digest of the entry before it, as if it stood at `position`."""
    content = [
        before,
        entry.subject,
        entry.position if position is None else position,
        entry.verb,
        entry.at.astimezone(dt.UTC).isoformat(),
        entry.actor_id,
        entry.body_id,
        entry.facts,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def fits(entry: Entry, *, before: str, position: int | None = None) -> bool:
    """Whether the entry's digest is the one that its content has after this digest, at its or another position."""
    if entry.at is None:  # SQLite stores any text as a moment
        return False
    return entry.digest == digest(entry, before=before, position=position)


@dataclass(slots=True)
class Chain:
    """The walk along one subject's entries: how far the chain is sound."""

    subject: str
    length: int = 0
    last: str = field(default="")
    is_broken: bool = False

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is the next link; after the first that is not, nothing more can be told."""
        if self.is_broken:
            return False
        if entry.position != self.length + 1 or not fits(entry, before=self.last):
            self.is_broken = True
            return False
        self.length += 1
        self.last = entry.digest
        return True


def diagnosis(chain: Chain, entries: Callable[[], Iterator[Entry]]) -> Finding:
    """What happened where the chain broke; `entries` reads the subject's entries, in order, each time anew."""
    place = chain.length + 1
    standing = next((one for one in entries() if one.position >= place), None)
    elsewhere = (one for one in entries() if one.position != place)
    at_home = next((one for one in elsewhere if fits(one, before=chain.last, position=place)), None)
    if standing is not None and standing.position == place:
        return _wrong_entry(chain.subject, standing, at_home, entries)
    if at_home is not None:
        return Finding(Wrong.MOVED, place, chain.subject, other=at_home.position)
    if standing is None:  # a second entry at a position that is taken
        return Finding(Wrong.INSERTED, chain.length, chain.subject)
    return Finding(Wrong.MISSING, place, chain.subject)


def _wrong_entry(
    subject: str, standing: Entry, at_home: Entry | None, entries: Callable[[], Iterator[Entry]]
) -> Finding:
    """What happened where an entry stands that does not continue the chain."""
    place = standing.position
    if at_home is not None and _changed_places(standing, at_home, entries):
        return Finding(Wrong.MOVED, place, subject, other=at_home.position)
    if at_home is not None:
        return Finding(Wrong.INSERTED, place, subject)
    pushed_from = _earlier_place(standing, entries)
    if pushed_from is not None:
        return Finding(Wrong.INSERTED, pushed_from, subject)
    return Finding(Wrong.ALTERED, place, subject)


def _changed_places(standing: Entry, at_home: Entry, entries: Callable[[], Iterator[Entry]]) -> bool:
    """Whether the entry that stands here belongs where the one that belongs here stands."""
    before = at_home.digest
    for one in entries():
        if standing.position < one.position < at_home.position:
            before = one.digest
    return fits(standing, before=before, position=at_home.position)


def _earlier_place(standing: Entry, entries: Callable[[], Iterator[Entry]]) -> int | None:
    """The earlier position that the entry was written for: sound entries were put in before it."""
    before = ""
    for one in entries():
        if one.position >= standing.position:
            return None
        if fits(standing, before=before, position=one.position):
            return one.position
        before = one.digest
    return None
