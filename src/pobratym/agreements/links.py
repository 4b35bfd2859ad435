"""Where a paper leads: contexts above, which know papers, register what their records say of one.

    links.register(partnerships_of_paper)

A source is asked as `source(paper, user)` and gives only what the user may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pobratym.agreements.models import Agreement


@dataclass(frozen=True, slots=True)
class Link:
    """A record that rests on the paper, and its address."""

    label: str
    url: str


Source = Callable[[Agreement, object], Iterable[Link]]

sources: list[Source] = []


def register(source: Source) -> None:
    """Ask this source for every paper; registering it again changes nothing."""
    if source not in sources:
        sources.append(source)


def links_of(paper: Agreement, user: object) -> list[Link]:
    """All records that rest on the paper and that the user may see."""
    return [link for source in sources for link in source(paper, user)]
