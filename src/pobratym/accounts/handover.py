"""What is open on somebody's desk when they leave: contexts register what they know, at start.

    handover.register("newsroom.publication", title=_("Drafts"), rows=unfinished_of)

`rows(membership, at)` gives what the person of the membership left open for its body (for the whole platform, if it
has none), as `Open`; as many queries for one thing as for many. What it gives is shown before the hand-over and
written into its log, so a title must be one that the body's coordinators may read.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pobratym.accounts.personal import Words

if TYPE_CHECKING:
    from pobratym.accounts.models import Membership


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that waits, and the address that leads to it."""

    title: str
    url: str = ""


Rows = Callable[["Membership", dt.datetime], Iterable[Open]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of open things with the words for it."""

    label: str
    title: Words
    rows: Rows


kinds: dict[str, Kind] = {}


def register(label: str, *, title: Words, rows: Rows) -> None:
    """Tell what a person leaves open; the label names the kind in the log."""
    kinds[label] = Kind(label=label, title=title, rows=rows)


def open_for(membership: "Membership", at: dt.datetime) -> list[tuple[Kind, list[Open]]]:
    """What is open, by kind; kinds with nothing are left out."""
    found = [(kind, list(kind.rows(membership, at))) for kind in kinds.values()]
    return [(kind, rows) for kind, rows in found if rows]
