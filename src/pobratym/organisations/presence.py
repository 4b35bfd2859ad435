"""How many people of a body are on the platform: accounts, which knows them, registers the count at start.

    presence.register(members_by_role)

The count is asked as `count(bodies, at)` for all bodies of a page at once and gives numbers by body and role.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Present:
    """So many people in a role."""

    role: str | Promise
    number: int


Count = Callable[[Collection[int], dt.datetime], Mapping[int, list[Present]]]

counts: list[Count] = []


def register(count: Count) -> None:
    """Ask this count; registering it again changes nothing."""
    if count not in counts:
        counts.append(count)


def present(bodies: Collection[int], at: dt.datetime) -> dict[int, list[Present]]:
    """Who is on the platform for each of the bodies; a body without people has an empty list."""
    found: dict[int, list[Present]] = {body: [] for body in bodies}
    for count in counts:
        for body, numbers in count(bodies, at).items():
            found[body] += numbers
    return found
