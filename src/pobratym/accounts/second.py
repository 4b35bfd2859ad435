"""What can be shown to more people, and who may agree to it: contexts register their kinds of record at start.

    second.register("newsroom.publication", apply=operations.set_visibility, may_answer=rules.edits)

`apply` is called in the transaction of the confirmation, as `apply(subject, visibility=…, by=…, at=…)`; it writes the
column and its own audit entry. `may_answer(user, subject)` tells who has the right over the record, besides
moderators; it must not ask the database (the page asks it for each wish), so `rows` may add `select_related`.
A context whose change is more than the column calls `accounts.operations.confirm_second` within its own operation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Kind:
    """How a confirmed wish about one kind of record is carried out."""

    apply: Callable[..., object]
    may_answer: Callable[[Any, Any], bool]
    rows: Callable[[], QuerySet[Any]]


kinds: dict[str, Kind] = {}


def register(
    label: str,
    *,
    apply: Callable[..., object],
    may_answer: Callable[[Any, Any], bool],
    rows: Callable[[], QuerySet[Any]] | None = None,
) -> None:
    """Tell how records of the model `label` (`newsroom.publication`) are raised, and who else may agree."""

    def every() -> QuerySet[Any]:
        found: QuerySet[Any] = apps.get_model(label)._default_manager.all()  # noqa: SLF001  # Django's documented model API
        return found

    kinds[label] = Kind(apply=apply, may_answer=may_answer, rows=rows or every)


def kind_of(reference: str) -> Kind | None:
    """The kind of the record that a reference `label:pk` names."""
    return kinds.get(reference.partition(":")[0])


def subjects_of(references: list[str]) -> dict[str, Model]:
    """The records behind the references, one query per kind; deleted ones are left out."""
    numbers: dict[str, list[str]] = {}
    for reference in references:
        label, _colon, number = reference.partition(":")
        if label in kinds:
            numbers.setdefault(label, []).append(number)
    return {
        f"{label}:{record.pk}": record
        for label, wanted in numbers.items()
        for record in kinds[label].rows().filter(pk__in=wanted)
    }
