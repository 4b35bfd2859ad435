"""What a unit of the codifier is, and the check of its code."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The codifier's categories in words."""

    OBLAST = "oblast"  # the Autonomous Republic of Crimea too
    SPECIAL_CITY = "special_city"  # Kyiv, Sevastopol
    RAION = "raion"
    HROMADA = "hromada"
    CITY = "city"
    SETTLEMENT = "settlement"
    VILLAGE = "village"
    DISTRICT = "district"  # of a city


class Council(StrEnum):
    """Kind of the council, which follows the kind of the hromada's centre."""

    URBAN = "urban"
    SETTLEMENT = "settlement"
    RURAL = "rural"


COUNCIL_OF_CENTRE = {
    Kind.CITY: Council.URBAN,
    Kind.SETTLEMENT: Council.SETTLEMENT,
    Kind.VILLAGE: Council.RURAL,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the codifier with its place in the tree and on the map.

    ``name`` is the codifier's ("Калуська"), ``short_name`` what people say where the head word is clear ("Калуш"),
    ``name_en`` the latter in English ("Kalush"). ``oblast``, ``raion`` and ``hromada`` are the codes of the units
    above it; a district of Kyiv or Sevastopol has the city in place of oblast and hromada and no raion. ``centre``
    is the settlement from which an oblast, raion or hromada is governed. ``population`` is of the settlement
    itself, from GeoNames, without a date: good for putting places in order, not for figures.
    """

    code: str
    kind: Kind
    name: str
    short_name: str
    name_en: str
    oblast: str | None
    raion: str | None
    hromada: str | None
    centre: str | None
    council: Council | None
    lat: float | None
    lon: float | None
    population: int | None

    @property
    def is_community(self) -> bool:
        """Whether it stands wherever a hromada is asked for.

        Kyiv has no row of category H: the city itself is the community, and so is Sevastopol.
        """
        return self.kind in {Kind.HROMADA, Kind.SPECIAL_CITY}

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


class CodeFault(StrEnum):
    """Why a text is not a code of the codifier."""

    EMPTY = "empty"
    OLD = "old"  # KOATUU, ten digits, in force till 2020
    SHAPE = "shape"
    UNKNOWN = "unknown"


_SENTENCES = {
    CodeFault.EMPTY: "Give a code of the codifier: UA and 17 digits.",
    CodeFault.OLD: "{text!r} is a code of the old classifier KOATUU: give the KATOTTG code, UA and 17 digits.",
    CodeFault.SHAPE: "{text!r} is not a KATOTTG code: it must be UA and 17 digits, like UA26060170000091466.",
    CodeFault.UNKNOWN: "No unit has the code {text!r}: check the digits, or look the place up by its name.",
}


class WrongCode(ValueError):
    """The text is not a code of the codifier; ``fault`` says why, for those who write their own sentence."""

    def __init__(self, fault: CodeFault, text: str) -> None:
        self.fault = fault
        self.text = text
        super().__init__(_SENTENCES[fault].format(text=text[:40]))


_CODE = re.compile(r"UA\d{17}", re.ASCII)
_OLD_CODE = re.compile(r"\d{10}", re.ASCII)
# Letters of the Ukrainian keyboard that look like, or share a key with, U and A.
_CYRILLIC = str.maketrans("УА", "UA")


def well_formed_code(text: str) -> str:
    """Return the code as the codifier writes it.

    Raises WrongCode if the text has another shape.
    """
    code = re.sub(r"\s+", "", text).upper().translate(_CYRILLIC)
    if not code:
        raise WrongCode(CodeFault.EMPTY, text)
    if _OLD_CODE.fullmatch(code):
        raise WrongCode(CodeFault.OLD, text)
    if not _CODE.fullmatch(code):
        raise WrongCode(CodeFault.SHAPE, text)
    return code


_EARTH_KM = 6371.0088


def distance_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance between two points (latitude, longitude) along the great circle."""
    (lat, lon), (other_lat, other_lon) = start, end
    across = math.sin(math.radians(other_lat - lat) / 2) ** 2
    along = math.sin(math.radians(other_lon - lon) / 2) ** 2
    chord = across + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * along
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
