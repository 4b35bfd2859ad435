"""The shipped tables: units, former names, outlines and the manifest that says where they come from."""

import datetime as dt
import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hromadkit.places._names import short_name, short_name_en
from hromadkit.places._units import COUNCIL_OF_CENTRE, CodeFault, Kind, Unit, WrongCode, well_formed_code

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a unit bore before.

    ``adopted_on`` is the day of the act, ``in_force_on`` the day from which the new name holds; None is unknown.
    """

    code: str
    name: str
    adopted_on: dt.date | None
    in_force_on: dt.date | None
    act: str
    source: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The drawn outline of an oblast or special city: rings of (longitude, latitude), even-odd rule."""

    code: str
    rings: tuple[Ring, ...]

    def has(self, lat: float, lon: float) -> bool:
        """Tell whether the point lies inside."""
        return sum(_crossings(ring, lat, lon) for ring in self.rings) % 2 == 1


def _crossings(ring: Ring, lat: float, lon: float) -> int:
    crossed = 0
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y > lat) != (next_y > lat) and lon < (next_x - x) * (lat - y) / (next_y - y) + x:
            crossed += 1
    return crossed


def _read(name: str) -> bytes:
    return files("hromadkit.places").joinpath("data", name).read_bytes()


def _lines(name: str) -> list[list[str]]:
    text = gzip.decompress(_read(name)).decode()
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def units() -> tuple[Unit, ...]:
    """Return every unit of the codifier in the order of codes: oblast, raion, hromada, its settlements."""
    lines = _lines("units.tsv.gz")
    kinds = {line[0]: Kind(line[1]) for line in lines}
    names = {line[0]: line[2] for line in lines}
    # The last five digits of a code are its own number; the twelve before them are the path.
    path = {code[2:14]: code for code in kinds}
    made = []
    for code, _, name, centre, lat, lon, population, _ in lines:
        kind = kinds[code]
        oblast, raion, hromada = _above(code, kind, path, kinds)
        short = short_name(kind, name, names.get(centre))
        made.append(
            Unit(
                code=code,
                kind=kind,
                name=name,
                short_name=short,
                name_en=short_name_en(code, kind, short),
                oblast=oblast,
                raion=raion,
                hromada=hromada,
                centre=centre or None,
                council=COUNCIL_OF_CENTRE.get(kinds[centre]) if kind is Kind.HROMADA else None,
                lat=float(lat) if lat else None,
                lon=float(lon) if lon else None,
                population=int(population) if population else None,
            )
        )
    return tuple(made)


_DIGITS_OF = ((Kind.OBLAST, 2), (Kind.RAION, 4), (Kind.HROMADA, 7))


def _above(
    code: str, kind: Kind, path: dict[str, str], kinds: dict[str, Kind]
) -> tuple[str | None, str | None, str | None]:
    """Read the units above from the digits: two of the oblast, two of the raion, three of the hromada.

    A unit that lacks a level (Prypiat and Chornobyl belong to no raion, Kyiv has no hromada row) has zeros there,
    which lead to the level above: hence the look at the kind.
    """
    above: list[str | None] = []
    for level, digits in _DIGITS_OF:
        found = path.get(code[2 : 2 + digits].ljust(12, "0"))
        fits = found is not None and found != code and (kinds[found] is level or _stands_for(kinds[found], level))
        above.append(found if fits and level is not kind else None)
    return above[0], above[1], above[2]


def _stands_for(kind: Kind, level: Kind) -> bool:
    return kind is Kind.SPECIAL_CITY and level is not Kind.RAION


@cache
def _by_code() -> dict[str, Unit]:
    return {unit.code: unit for unit in units()}


def check_code(text: str) -> str:
    """Return the code that the text names.

    Raises WrongCode with a sentence if it has another shape or no unit has it.
    """
    code = well_formed_code(text)
    if code not in _by_code():
        raise WrongCode(CodeFault.UNKNOWN, code)
    return code


def unit(code: str) -> Unit:
    """Return the unit with this code.

    Raises WrongCode as check_code does.
    """
    return _by_code()[check_code(code)]


@cache
def former_names() -> tuple[FormerName, ...]:
    """Return names that units bore before, with the act that ended each."""
    return tuple(
        FormerName(code, name, _day(adopted_on), _day(in_force_on), act, source)
        for code, name, adopted_on, in_force_on, act, source in _lines("former_names.tsv.gz")
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def outlines() -> tuple[Outline, ...]:
    """Return the outlines of the 27 regions, Crimea and Sevastopol among them."""
    shapes = json.loads(gzip.decompress(_read("outlines.json.gz")))
    return tuple(
        Outline(code, tuple(tuple((lon, lat) for lon, lat in ring) for ring in rings)) for code, rings in shapes.items()
    )


def manifest() -> dict[str, Any]:
    """Return sources, licences, checksums, row counts and coverage of the shipped tables."""
    described: dict[str, Any] = json.loads(_read("manifest.json"))
    return described
