"""Loading the codifier, recording statuses, entering communities abroad."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hromadkit import places
from pobratym.audit import operations as audit
from pobratym.territory.choices import Status, countries
from pobratym.territory.models import CommunityAbroad, FormerName, LoadedTable, TerritoryStatus, Unit
from pobratym.vocabulary.refusals import Refusal

Progress = Callable[[int, int], None]

BATCH = 2000
KEPT = ("code", "kind", "name", "short_name", "name_en", "lat", "lon", "population")
COLUMNS = ("code", "status", "valid_from", "valid_to", "source")
# More would hide what to do first.
SHOWN_PROBLEMS = 20
LONGEST_SOURCE = 300


class WrongPeriod(Refusal):
    """A period that ends before it begins."""


class OverlappingStatus(Refusal):
    """Another status of the unit is in force in that time."""


class WithoutSource(Refusal):
    """A status that nobody can check."""


class UnknownCountry(Refusal):
    """Not a code of ISO 3166."""


class AlreadyEntered(Refusal):
    """The community abroad has its record."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of a file that cannot be taken, and why."""

    row: int
    reason: str

    def __str__(self) -> str:
        return _("Row %(row)d: %(reason)s") % {"row": self.row, "reason": self.reason}


class StatusesRefused(Refusal):
    """The file has rows that cannot be taken; nothing of it was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        head = ngettext(
            "The file was not loaded: %(count)d row must be corrected.",
            "The file was not loaded: %(count)d rows must be corrected.",
            len(problems),
        ) % {"count": len(problems)}
        super().__init__("\n".join([head, *map(str, problems[:SHOWN_PROBLEMS])]))


@transaction.atomic
def load_territory(*, progress: Progress | None = None) -> bool:
    """Load the shipped codifier, former names and founding statuses; tell whether anything had to be done.

    Codes that left the codifier stay, because records refer to them.
    """
    tables = {table["file"]: table["sha256"] for table in places.manifest()["tables"]}
    known = dict(LoadedTable.objects.select_for_update().values_list("name", "sha256"))
    if all(known.get(name) == digest for name, digest in tables.items()):
        return False
    former: dict[str, list[str]] = {}
    for name in places.former_names():
        former.setdefault(name.code, []).append(name.name)
    _write_units([_row(unit, weight, former.get(unit.code, [])) for unit, weight in _weighed()], progress)
    _write_former_names()
    _load_founding_statuses()
    for name, digest in tables.items():
        LoadedTable.objects.update_or_create(name=name, defaults={"sha256": digest})
    return True


def _weighed() -> Iterator[tuple[places.Unit, int]]:
    people = {unit.code: unit.population or 0 for unit in places.units()}
    for unit in places.units():
        yield unit, people[unit.code] or people.get(unit.centre or "", 0)


def _row(unit: places.Unit, weight: int, former: list[str]) -> Unit:
    names = {unit.name, unit.short_name, unit.name_en, places.transliterate(unit.name), *former}
    return Unit(
        **{column: getattr(unit, column) for column in KEPT},
        oblast_id=unit.oblast,
        raion_id=unit.raion,
        hromada_id=unit.hromada,
        centre_id=unit.centre,
        council=unit.council or "",
        weight=weight,
        search_key=places.search_key(unit.name),
        keys=f"|{'|'.join(sorted(map(places.search_key, names)))}|",
        sort_key=places.sort_key(unit.name),
    )


def _write_units(rows: list[Unit], progress: Progress | None) -> None:
    columns = [field.attname for field in Unit._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    for start in range(0, len(rows), BATCH):
        Unit.objects.bulk_create(
            rows[start : start + BATCH], update_conflicts=True, unique_fields=["code"], update_fields=columns
        )
        if progress is not None:
            progress(min(start + BATCH, len(rows)), len(rows))


def _write_former_names() -> None:
    FormerName.objects.all().delete()
    FormerName.objects.bulk_create(
        FormerName(
            unit_id=former.code,
            name=former.name,
            renamed_on=former.adopted_on,
            used_until=former.in_force_on,
            act=former.act,
            source=former.source,
            search_key=places.search_key(former.name),
        )
        for former in places.former_names()
    )


def _load_founding_statuses() -> None:
    """What the law itself says of Crimea and Sevastopol; the ministry's list is loaded by the operator."""
    text = files("pobratym.territory").joinpath("data", "statuses.csv").read_text(encoding="utf-8")
    for _row_number, line in _read_statuses(text):
        TerritoryStatus.objects.get_or_create(
            unit_id=line["code"],
            valid_from=line["valid_from"],
            defaults={"status": line["status"], "source": line["source"]},
        )


@transaction.atomic
def record_status(
    *, unit: Unit, status: str, valid_from: dt.date, valid_to: dt.date | None, source: str, by: Any, at: dt.datetime
) -> TerritoryStatus:
    """Record a status for the half-open period [valid_from, valid_to).

    Refuses a period that ends before it begins or meets another of the same unit, and a status without source.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise WrongPeriod(_("The status ends before it begins: correct one of the two dates."), field="valid_to")
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        raise WithoutSource(_("Name the order or law with its number and date, in at most 300 signs."), field="source")
    # The unit is the lock: two rows written at once could overlap unseen.
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    other = unit.statuses.overlapping(valid_from, valid_to).order_by("valid_from").first()
    if other is not None:
        raise OverlappingStatus(
            _("“%(status)s” since %(day)s is recorded for this time: end it first.")
            % {"status": other.get_status_display(), "day": other.valid_from.isoformat()},
            field="valid_from",
        )
    row = TerritoryStatus.objects.create(
        unit=unit, status=status, valid_from=valid_from, valid_to=valid_to, source=source.strip()
    )
    audit.record(
        verb="territory.status.recorded",
        by=by,
        subject=unit,
        at=at,
        status=status,
        valid_from=valid_from.isoformat(),
        source=row.source,
    )
    return row


@transaction.atomic
def end_status(*, status: TerritoryStatus, valid_to: dt.date, by: Any, at: dt.datetime) -> TerritoryStatus:
    """End a status; `valid_to` is the first day on which it no longer holds."""
    status = TerritoryStatus.objects.select_for_update().get(pk=status.pk)
    if status.valid_to is not None:
        raise OverlappingStatus(_("This status has ended already: enter a new one instead."), field="valid_to")
    if valid_to <= status.valid_from:
        raise WrongPeriod(_("The status ends before it begins: correct one of the two dates."), field="valid_to")
    status.valid_to = valid_to
    status.save(update_fields=["valid_to"])
    audit.record(
        verb="territory.status.ended",
        by=by,
        subject=status.unit,
        at=at,
        status=status.status,
        valid_to=valid_to.isoformat(),
    )
    return status


@transaction.atomic
def load_statuses(*, text: str, by: Any, at: dt.datetime) -> int:
    """Load a list of statuses (CSV: code, status, valid_from, valid_to, source); return how many rows changed.

    A row that is known changes nothing; one that only adds the end date ends the known status. If any row is
    dirty, StatusesRefused names each with the reason and nothing is written.
    """
    problems: list[Problem] = []
    changed = 0
    for number, line in _read_statuses(text, problems):
        try:
            with transaction.atomic():
                changed += _load_status(line, by=by, at=at)
        except Refusal as refusal:
            problems.append(Problem(number, str(refusal)))
    if problems:
        raise StatusesRefused(sorted(problems, key=lambda problem: problem.row))
    return changed


def _load_status(line: dict[str, Any], *, by: Any, at: dt.datetime) -> int:
    known = TerritoryStatus.objects.filter(
        unit_id=line["code"], status=line["status"], valid_from=line["valid_from"]
    ).first()
    if known is None:
        record_status(
            unit=Unit(pk=line["code"]),
            status=line["status"],
            valid_from=line["valid_from"],
            valid_to=line["valid_to"],
            source=line["source"],
            by=by,
            at=at,
        )
        return 1
    if line["valid_to"] == known.valid_to:
        return 0
    if line["valid_to"] is None:
        raise OverlappingStatus(_("This status has ended already: enter a new one instead."))
    end_status(status=known, valid_to=line["valid_to"], by=by, at=at)
    return 1


def _read_statuses(text: str, problems: list[Problem] | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the clean lines with their row numbers, and put the others down as problems."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        sentence = _("The first row must name the columns code, status, valid_from, valid_to, source.")
        raise StatusesRefused([Problem(1, sentence)])
    for line in _lines(reader):
        try:
            yield reader.line_num, _clean(line)
        except ValueError as error:
            if problems is None:
                raise
            problems.append(Problem(reader.line_num, str(error)))


def _lines(reader: "csv.DictReader[str]") -> Iterator[dict[str, Any]]:
    try:
        yield from reader
    except csv.Error as error:
        sentence = _("This is no CSV table from here on. Save the list as “CSV UTF-8” and try again.")
        raise StatusesRefused([Problem(reader.line_num + 1, sentence)]) from error


def _clean(line: dict[str, Any]) -> dict[str, Any]:
    cells = {column: (line[column] or "").replace("\x00", "").strip() for column in COLUMNS}
    try:
        code = places.check_code(cells["code"])
    except places.WrongCode as wrong:
        raise ValueError(code_refusal(wrong)) from wrong
    if cells["status"] not in Status.values:
        raise ValueError(
            _("“%(status)s” is no status: write one of %(known)s.")
            % {"status": cells["status"], "known": ", ".join(Status.values)}
        )
    if not 0 < len(cells["source"]) <= LONGEST_SOURCE:
        raise ValueError(_("Name the order or law with its number and date, in at most 300 signs."))
    start, end = _day(cells["valid_from"]), _day(cells["valid_to"])
    if start is None:
        raise ValueError(_("Give the day from which the status holds, as 2022-03-24."))
    return {"code": code, "status": cells["status"], "valid_from": start, "valid_to": end, "source": cells["source"]}


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    raise ValueError(_("“%(day)s” is no day: write it as 2022-03-24 or 24.03.2022.") % {"day": text})


def code_refusal(wrong: places.WrongCode) -> str:
    """Why the kit refuses a code, in the reader's language."""
    sentences = {
        places.CodeFault.EMPTY: _("Give a code of the codifier: UA and 17 digits."),
        places.CodeFault.OLD: _(
            "This is a code of the old classifier KOATUU. Give the KATOTTG code: UA and 17 digits."
        ),
        places.CodeFault.SHAPE: _("“%(text)s” is no KATOTTG code: it must be UA and 17 digits."),
        places.CodeFault.UNKNOWN: _("No place has the code %(text)s. Check the digits, or type the name."),
    }
    return sentences[wrong.fault] % {"text": wrong.text[:40]}


@transaction.atomic
def add_community_abroad(
    *,
    country: str,
    name_uk: str,
    name_en: str,
    name_own: str,
    source: str,
    by: Any,
    at: dt.datetime,
    lat: float | None = None,
    lon: float | None = None,
    lau_code: str = "",
    geonames_id: int | None = None,
    wikidata_id: str = "",
    origin: str = "own",
) -> CommunityAbroad:
    """Enter a municipality of another country. Refuses an unknown country and one that has its record."""
    country = country.strip().upper()
    if country not in countries("en") or country == "UA":
        raise UnknownCountry(_("Give the country’s two letters by ISO 3166, such as DE or PL."), field="country")
    same = _same_abroad(country, lau_code, geonames_id, wikidata_id)
    if same is not None:
        raise AlreadyEntered(
            _("%(name)s has its record already: choose it from the list.") % {"name": same.everyday_name}
        )
    community = CommunityAbroad.objects.create(
        country=country,
        name_uk=name_uk,
        name_en=name_en,
        name_own=name_own,
        source=source,
        lat=lat,
        lon=lon,
        lau_code=lau_code,
        geonames_id=geonames_id,
        wikidata_id=wikidata_id,
        origin=origin,
    )
    audit.record(
        verb="territory.community_abroad.added", by=by, subject=community, at=at, name=name_en, country=country
    )
    return community


def _same_abroad(country: str, lau_code: str, geonames_id: int | None, wikidata_id: str) -> CommunityAbroad | None:
    known = CommunityAbroad.objects.all()
    if lau_code and (same := known.filter(country=country, lau_code=lau_code).first()):
        return same
    # These two count the whole world, whatever country the form names.
    for field, value in (("geonames_id", geonames_id), ("wikidata_id", wikidata_id)):
        if value and (same := known.filter(**{field: value}).first()):
            return same
    return None
