"""Names of units as people say them and as papers write them, in Ukrainian and in English."""

import re
from typing import Protocol

from hromadkit.places._text import search_key, transliterate
from hromadkit.places._units import Council, Kind

_COUNCILS: dict[str, str] = {Council.URBAN: "міська", Council.SETTLEMENT: "селищна", Council.RURAL: "сільська"}
_PLACES: dict[str, str] = {
    Kind.SPECIAL_CITY: "місто",
    Kind.CITY: "місто",
    Kind.SETTLEMENT: "селище",
    Kind.VILLAGE: "село",
}
_HEADS_EN: dict[str, str] = {Kind.HROMADA: "territorial community", Kind.RAION: "raion", Kind.DISTRICT: "district"}
_PLACES_EN: dict[str, str] = {
    Kind.SPECIAL_CITY: "city",
    Kind.CITY: "city",
    Kind.SETTLEMENT: "settlement",
    Kind.VILLAGE: "village",
}
# Names in use; the adjective of the codifier would give "Vinnytska".
_OBLASTS_EN = {
    "01": "Autonomous Republic of Crimea",
    "05": "Vinnytsia",
    "07": "Volyn",
    "12": "Dnipropetrovsk",
    "14": "Donetsk",
    "18": "Zhytomyr",
    "21": "Zakarpattia",
    "23": "Zaporizhzhia",
    "26": "Ivano-Frankivsk",
    "32": "Kyiv",
    "35": "Kirovohrad",
    "44": "Luhansk",
    "46": "Lviv",
    "48": "Mykolaiv",
    "51": "Odesa",
    "53": "Poltava",
    "56": "Rivne",
    "59": "Sumy",
    "61": "Ternopil",
    "63": "Kharkiv",
    "65": "Kherson",
    "68": "Khmelnytskyi",
    "71": "Cherkasy",
    "73": "Chernivtsi",
    "74": "Chernihiv",
}


class Named(Protocol):
    """What a name is made of; a row of a database has it too."""

    @property
    def code(self) -> str:
        """The unit's code."""

    @property
    def kind(self) -> str:
        """A value of Kind."""

    @property
    def name(self) -> str:
        """The codifier's name."""

    @property
    def name_en(self) -> str:
        """The English short name."""

    @property
    def council(self) -> str | None:
        """A value of Council; empty but for a hromada."""


def everyday_name(unit: Named) -> str:
    """Return the name as people say it: "Калуська територіальна громада", "Калуський район", "Київ"."""
    if unit.kind == Kind.HROMADA:
        return f"{unit.name} територіальна громада"
    if unit.kind in {Kind.RAION, Kind.DISTRICT}:
        return f"{unit.name} район"
    # Crimea is the one region whose name is not an adjective.
    if unit.kind == Kind.OBLAST and unit.name.endswith("а"):
        return f"{unit.name} область"
    return unit.name


def official_name(unit: Named) -> str:
    """Return the name as papers write it: "Калуська міська територіальна громада", "місто Калуш"."""
    if unit.council:
        return f"{unit.name} {_COUNCILS[unit.council]} територіальна громада"
    if unit.kind in _PLACES:
        return f"{_PLACES[unit.kind]} {unit.name}"
    return everyday_name(unit)


def everyday_name_en(unit: Named) -> str:
    """Return the English name: "Kalush territorial community", "Kalush raion", "Kyiv"."""
    if unit.kind == Kind.OBLAST and unit.name.endswith("а"):
        return f"{unit.name_en} oblast"
    head = _HEADS_EN.get(unit.kind)
    return f"{unit.name_en} {head}" if head else unit.name_en


def official_name_en(unit: Named) -> str:
    """Return the full English name: "Kalush urban territorial community", "city of Kalush"."""
    if unit.council:
        return f"{unit.name_en} {unit.council} territorial community"
    if unit.kind in _PLACES_EN:
        return f"{_PLACES_EN[unit.kind]} of {unit.name_en}"
    return everyday_name_en(unit)


# Letters that change places when a name becomes an adjective: Гора - Гірська, Львів - Львівський.
_VOWELS = str.maketrans("іоеїє", "о" * 5)


def short_name(kind: Kind, name: str, centre_name: str | None) -> str:
    """Return "Калуш" for the hromada and the raion named after it.

    Not all are named after their centre: Золочівська hromada is governed from Hnidyn.
    """
    if centre_name is None or kind not in {Kind.HROMADA, Kind.RAION}:
        return name
    stems = [re.sub(r"[\s-]", "", search_key(text)).translate(_VOWELS)[:2] for text in (centre_name, name)]
    return centre_name if stems[0] == stems[1] else name


def short_name_en(code: str, kind: Kind, short: str) -> str:
    """Return "Kalush", and "Ivano-Frankivsk" for the oblast."""
    return _OBLASTS_EN[code[2:4]] if kind is Kind.OBLAST else transliterate(short)
