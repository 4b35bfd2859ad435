"""What people can be told of: contexts register their kinds at start.

    kinds.register(
        "partnerships.answered",
        _("A community answers your proposal"),
        default=When.AT_ONCE,
        audience=answers_for_any,
        still=lambda person, reference: …,
    )

`audience(person)` tells to whom the kind is offered on the page of preferences; it must not ask the database beyond
the person's circle. `still(person, reference)` tells whether the person may know of it at present; it is asked when
the notice is written and again when a digest is put together, because rights may have ended in between. `reference`
names the record as the trail does: `partnerships.partnership:7`.
A default can change and a kind can be added at any time: what a person has chosen stays, because only that is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from pobratym.notices.choices import When

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice."""

    name: str
    label: Words
    default: str
    audience: Callable[[Any], bool]
    still: Callable[[Any, str], bool]


kinds: dict[str, Kind] = {}
# The same names and labels for the sentences of the trail.
labels: dict[str, Words] = {}


def always(_person: object, _reference: str = "") -> bool:
    """Whoever is told may know of it for ever: it is about the person."""
    return True


def register(
    name: str,
    label: Words,
    *,
    default: str = When.AT_ONCE,
    audience: Callable[[Any], bool] = always,
    still: Callable[[Any, str], bool] = always,
) -> None:
    """Tell what the kind is called and when it comes unless a person chose otherwise."""
    kinds[name] = Kind(name=name, label=label, default=When(default), audience=audience, still=still)
    labels[name] = label


def offered_to(person: object) -> list[Kind]:
    """The kinds that concern the person, in the order of registration."""
    return [kind for kind in kinds.values() if kind.audience(person)]
