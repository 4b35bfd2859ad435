"""What is held about persons: contexts register each kind of record that knows one, at start.

    personal.register(
        "newsroom.publication",
        title=_("Publications"),
        export=publications_of,
        erase=None,
        kept=_("A published item stays; its writer becomes an erased person."),
        retention="publications",
    )

`export(person, at)` gives what the rows of this model tell about the person, as plain values by name (`plain` makes
them of a record); never a secret, never another person's address. `erase(person, at)` takes the person out of the
rows and tells how many it changed; it is called in the transaction of the erasure while name and address can still
be read. A context that has nothing to take out, because a number remains that leads to an empty account, passes None
and says in `kept` what stays and why. `retention` names a rule of `accounts.retention`.

`tests/accounts/test_personal.py` compares the registry with every model: one with a person and no entry fails.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

Row = Mapping[str, Any]
Export = Callable[[Any, dt.datetime], Iterable[Row]]
Erase = Callable[[Any, dt.datetime], int]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """How the rows of one model are shown to their person, and what happens to them when the person goes."""

    label: str
    title: Words
    export: Export
    erase: Erase | None
    kept: Words
    retention: str


class KeptWithoutGround(Exception):
    """A kind that is not erased says what stays and why."""


kinds: dict[str, Kind] = {}


def register(
    label: str,
    *,
    export: Export,
    erase: Erase | None,
    retention: str,
    title: Words = "",
    kept: Words = "",
) -> None:
    """Tell how rows of the model `label` (`newsroom.publication`) are exported, erased and kept."""
    if erase is None and not kept:
        raise KeptWithoutGround(label)
    kinds[label] = Kind(label=label, title=title or label, export=export, erase=erase, kept=kept, retention=retention)


def plain(record: Model, *fields: str, **more: Any) -> dict[str, Any]:
    """The named fields of a record with its number, as values that JSON can hold; `more` is added as it is."""
    row = {"id": simple(record.pk)}
    row |= {name: simple(getattr(record, name)) for name in fields}
    return row | {name: simple(value) for name, value in more.items()}


def simple(value: Any) -> Any:
    """A value that JSON can hold: moments as ISO text, numbers exact, everything unknown as its words."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Mapping):
        return {str(name): simple(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [simple(inner) for inner in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def shell_name(person: Any) -> str:
    """What stands where the name stood, in both languages, for it is stored."""
    return f"видалена особа {person.pk} (erased person {person.pk})"


def shell_address(person: Any) -> str:
    """An address that nobody can have: the domain is reserved for that (RFC 2606)."""
    return f"erased-{person.pk}@erased.invalid"


def blotted(person: Any, value: Any) -> Any:
    """The value without the person's name and address, in texts and inside lists and mappings."""
    if isinstance(value, Mapping):
        return {name: blotted(person, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [blotted(person, inner) for inner in value]
    if not isinstance(value, str):
        return value
    named = "|".join(re.escape(word) for word in (person.email, person.name))
    # Whole words only: a short name is also a part of other words.
    return re.sub(rf"(?<!\w)({named})(?!\w)", shell_name(person), value, flags=re.IGNORECASE)


def held_about(person: Any, at: dt.datetime) -> dict[str, list[Row]]:
    """Everything that is held about the person, by kind, in the order of the labels; empty kinds are left out."""
    found = {label: list(kinds[label].export(person, at)) for label in sorted(kinds)}
    return {label: rows for label, rows in found.items() if rows}


def erase_from_all(person: Any, at: dt.datetime) -> dict[str, int]:
    """Take the person out of every kind; how many rows of each were changed."""
    changed = {}
    for label in sorted(kinds):
        erase = kinds[label].erase
        if erase is not None:
            changed[label] = erase(person, at)
    return {label: number for label, number in changed.items() if number}
