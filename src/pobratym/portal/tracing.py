"""What belongs to a record when its trail is read: its children, and whose body stands behind an entry."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.agreements.models import Agreement
from pobratym.audit.choices import Export
from pobratym.audit.models import GUEST, Entry, Sight
from pobratym.audit.queries import export_reference, names_of, public_extract, reference
from pobratym.organisations.details import details_for
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.partnerships import queries as partnerships
from pobratym.partnerships.models import Commitment, Partnership, ProgressNote, Value

# What records are called where somebody saw them or took them out.
RECORDS = {
    "partnerships.partnership": _("Partnership"),
    "partnerships.commitment": _("Commitment"),
    "partnerships.progressnote": _("Note on progress"),
    "partnerships.value": _("Measured value"),
    "agreements.agreement": _("Paper"),
    "agreements.councildecision": _("Decision of a body"),
    "organisations.officeholder": _("Office-holder"),
    "files.storedfile": _("File"),
    "audit.seal": _("Seal of the trail"),
}


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """A line of a public extract with the body that acted."""

    position: int
    day: dt.date
    sentence: str
    body: str
    digest: str


@dataclass(frozen=True, slots=True)
class SightLine:
    """Who saw which record, on which day, from when till when."""

    name: str
    is_guest: bool
    record: str
    first_at: dt.datetime
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class ExportLine:
    """Who took what out, when, how many rows."""

    name: str
    what: str
    record: str
    body: str
    at: dt.datetime
    rows: int | None


def children_of(partnership: Partnership) -> list[str]:
    """The partnership and everything that is kept under it, by the names that the trail uses."""
    found: list[str] = [reference(partnership)]
    for model, where in (
        (Commitment, {"partnership": partnership}),
        (ProgressNote, {"commitment__partnership": partnership}),
        (Value, {"commitment__partnership": partnership}),
    ):
        found += _named(model, where)
    return found + [reference(decision) for decision in partnership.decisions.order_by("pk")]


def office_holders_of(body: Body) -> list[str]:
    """The terms of office of the body."""
    return _named(OfficeHolder, {"body": body})


def shared_by(bodies: Collection[int]) -> list[str]:
    """The papers and partnerships to which the bodies are parties."""
    where = {"parties__body__in": bodies}
    return _named(Agreement, where) + _named(Partnership, where)


def _named(model: type[Model], where: dict[str, Any]) -> list[str]:
    numbers = model._default_manager.filter(**where).order_by("pk").values_list("pk", flat=True).distinct()  # noqa: SLF001
    return [f"{model._meta.label_lower}:{number}" for number in numbers]  # noqa: SLF001  # Django's model API


def is_coarse(record: Partnership | Agreement, user: object) -> bool:
    """Whether the reader is told months instead of days: a party's territory is at risk."""
    details = details_for(user, timezone.localdate())
    if isinstance(record, Partnership):
        return partnerships.details_hidden(record, details)
    return details.hidden_of(party.body for party in record.parties.all() if party.is_present)


def extract_of(record: Partnership | Agreement, user: object) -> list[ExtractLine]:
    """The public lines of the record's trail, oldest first."""
    lines = public_extract(record, coarse=is_coarse(record, user))
    bodies = _names_of_bodies(line.body_id for line in lines)
    return [
        ExtractLine(line.position, line.day, line.sentence, bodies.get(line.body_id or 0, ""), line.digest)
        for line in lines
    ]


def told_sights(sights: Iterable[Sight]) -> list[SightLine]:
    """Rows as lines; one query for all names."""
    sights = list(sights)
    names = names_of(sight.actor_id for sight in sights)
    return [
        SightLine(
            name=names.get(sight.actor_id, ""),
            is_guest=sight.actor_id == GUEST,
            record=record_name(sight.subject),
            first_at=sight.first_at,
            last_at=sight.last_at,
        )
        for sight in sights
    ]


def told_exports(entries: Iterable[Entry]) -> list[ExportLine]:
    """Notes of exports as lines; two queries for all names."""
    entries = list(entries)
    names = names_of(entry.actor_id for entry in entries)
    bodies = _names_of_bodies(entry.body_id for entry in entries)
    kinds = {str(code): str(label) for code, label in Export.choices}
    return [
        ExportLine(
            name=names.get(entry.actor_id or 0, ""),
            what=kinds.get(str(entry.facts.get("what")), str(entry.facts.get("what"))),
            record=record_name(entry.subject.removeprefix(export_reference(""))),
            body=bodies.get(entry.body_id or 0, ""),
            at=entry.at,
            rows=entry.facts.get("rows"),
        )
        for entry in entries
    ]


def record_name(about: str) -> str:
    """“Commitment № 7”; empty for no single record."""
    kind, _colon, number = about.partition(":")
    return f"{RECORDS[kind]} № {number}" if kind in RECORDS else ""


def _names_of_bodies(numbers: Iterable[int | None]) -> dict[int, str]:
    wanted = {number for number in numbers if number}
    return {body.pk: body.name for body in Body.objects.filter(pk__in=wanted)} if wanted else {}
