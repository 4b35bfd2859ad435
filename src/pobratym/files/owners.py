"""Whose files they are: upper contexts register what a file may belong to, and answer for who may do what with it.

    owners.register(
        "partnerships.value",
        record=lambda key: Value.objects.filter(pk=key).first(),
        # (user, record, day): the visibilities whose files the user sees; none if not even the record is seen
        seen=proofs.seen,
        # (user, record): the body for which the user adds and changes files, or None
        works_for=proofs.works_for,
        # (record): the address where the files are listed; whose history tells of them
        page=proofs.page,
        told_of=lambda value: value.commitment.partnership,
        # (record): whether something signed rests on its files, so that no content is deleted
        rests_on=proofs.rests_on,
    )

A file of an owner that nobody registered is seen by nobody.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from pobratym.audit.queries import reference


@dataclass(frozen=True, slots=True)
class Kind:
    """How files of one kind of record are asked for and told about."""

    record: Callable[[int], Any]
    seen: Callable[[Any, Any, dt.date], frozenset[str]]
    works_for: Callable[[Any, Any], Any]
    page: Callable[[Any], str]
    told_of: Callable[[Any], Any]
    rests_on: Callable[[Any], bool]


kinds: dict[str, Kind] = {}


def _itself(record: Any) -> Any:
    return record


def _nothing_signed(_record: Any) -> bool:
    return False


def register(
    label: str,
    *,
    record: Callable[[int], Any],
    seen: Callable[[Any, Any, dt.date], frozenset[str]],
    works_for: Callable[[Any, Any], Any],
    page: Callable[[Any], str],
    told_of: Callable[[Any], Any] = _itself,
    rests_on: Callable[[Any], bool] = _nothing_signed,
) -> None:
    """Let records of the model `label` own files."""
    kinds[label] = Kind(record, seen, works_for, page, told_of, rests_on)


@dataclass(frozen=True, slots=True)
class Owner:
    """A record that owns files, with what its context says about it."""

    kind: Kind
    record: Any

    @property
    def reference(self) -> str:
        """How files name it."""
        return reference(self.record)

    @property
    def page(self) -> str:
        """Where its files are listed."""
        return self.kind.page(self.record)

    @property
    def told_of(self) -> Any:
        """Whose history tells of its files."""
        return self.kind.told_of(self.record)

    def seen_by(self, user: object, on: dt.date) -> frozenset[str]:
        """The visibilities whose files the user sees here on the day."""
        return self.kind.seen(user, self.record, on)

    def body_for(self, user: object) -> Any:
        """The body for which the user may work on the files, or None."""
        return self.kind.works_for(user, self.record)

    @property
    def something_signed_rests_here(self) -> bool:
        """Whether no content may be deleted."""
        return self.kind.rests_on(self.record)


def find(named: str) -> Owner | None:
    """The owner that a reference `label:pk` names, if its kind is known and the record is there."""
    label, _colon, key = named.partition(":")
    kind = kinds.get(label)
    if kind is None or not key.isascii() or not key.isdigit() or len(key) > 18:
        return None
    record = kind.record(int(key))
    return Owner(kind, record) if record is not None else None


def subject_of(owner: Model) -> Any:
    """Whose history tells of the owner's files; an unregistered owner's own."""
    kind = kinds.get(owner._meta.label_lower)  # noqa: SLF001  # Django's documented model API
    return kind.told_of(owner) if kind else owner
