"""Names of units as people say them and as papers write them, in Ukrainian and in English."""

import re

from hromadkit.places._text import search_key, transliterate
from hromadkit.places._units import Council, Kind, Unit

_COUNCILS = {Council.URBAN: "міська", Council.SETTLEMENT: "селищна", Council.RURAL: "сільська"}
_PLACES = {
    Kind.SPECIAL_CITY: "місто",
    Kind.CITY: "місто",
    Kind.SETTLEMENT: "селище",
    Kind.VILLAGE: "село",
}
_PLACES_EN = {
    Kind.SPECIAL_CITY: "city",
    Kind.CITY: "city",
    Kind.SETTLEMENT: "settlement",
    Kind.VILLAGE: "village",
}
# Names in use; the adjective of the codifier would give "Vinnytska".
_OBLASTS_EN = {
    "01": "Autonomous Republic of Crimea",
    "05": "Vinnytsia oblast",
    "07": "Volyn oblast",
    "12": "Dnipropetrovsk oblast",
    "14": "Donetsk oblast",
    "18": "Zhytomyr oblast",
    "21": "Zakarpattia oblast",
    "23": "Zaporizhzhia oblast",
    "26": "Ivano-Frankivsk oblast",
    "32": "Kyiv oblast",
    "35": "Kirovohrad oblast",
    "44": "Luhansk oblast",
    "46": "Lviv oblast",
    "48": "Mykolaiv oblast",
    "51": "Odesa oblast",
    "53": "Poltava oblast",
    "56": "Rivne oblast",
    "59": "Sumy oblast",
    "61": "Ternopil oblast",
    "63": "Kharkiv oblast",
    "65": "Kherson oblast",
    "68": "Khmelnytskyi oblast",
    "71": "Cherkasy oblast",
    "73": "Chernivtsi oblast",
    "74": "Chernihiv oblast",
}


def everyday_name(unit: Unit) -> str:
    """Return the name as people say it: "Калуська територіальна громада", "Калуський район", "Київ"."""
    if unit.kind is Kind.HROMADA:
        return f"{unit.name} територіальна громада"
    if unit.kind in {Kind.RAION, Kind.DISTRICT}:
        return f"{unit.name} район"
    # Crimea is the one region whose name is not an adjective.
    if unit.kind is Kind.OBLAST and unit.name.endswith("а"):
        return f"{unit.name} область"
    return unit.name


def official_name(unit: Unit) -> str:
    """Return the name as papers write it: "Калуська міська територіальна громада", "місто Калуш"."""
    if unit.council is not None:
        return f"{unit.name} {_COUNCILS[unit.council]} територіальна громада"
    if unit.kind in _PLACES:
        return f"{_PLACES[unit.kind]} {unit.name}"
    return everyday_name(unit)


def everyday_name_en(unit: Unit) -> str:
    """Return the English name: "Kalush territorial community", "Kalush raion", "Kyiv"."""
    if unit.kind is Kind.OBLAST:
        return _OBLASTS_EN[unit.code[2:4]]
    if unit.kind is Kind.HROMADA:
        return f"{_stem_en(unit)} territorial community"
    if unit.kind is Kind.RAION:
        return f"{_stem_en(unit)} raion"
    if unit.kind is Kind.DISTRICT:
        return f"{transliterate(unit.name)} district"
    return transliterate(unit.name)


def official_name_en(unit: Unit) -> str:
    """Return the full English name: "Kalush urban territorial community", "city of Kalush"."""
    if unit.council is not None:
        return f"{_stem_en(unit)} {unit.council.value} territorial community"
    if unit.kind in _PLACES_EN:
        return f"{_PLACES_EN[unit.kind]} of {transliterate(unit.name)}"
    return everyday_name_en(unit)


# Letters that change places when a name becomes an adjective: Гора - Гірська, Львів - Львівський.
_VOWELS = str.maketrans("іоеїє", "о" * 5)


def _stem_en(unit: Unit) -> str:
    """Return the centre's name if the unit is named after it, else the adjective in Latin letters.

    Some are not: Золочівська hromada is governed from Hnidyn.
    """
    centre = unit.centre_name or ""
    stems = [re.sub(r"[\s-]", "", search_key(name)).translate(_VOWELS)[:2] for name in (centre, unit.name)]
    return transliterate(centre if centre and stems[0] == stems[1] else unit.name)
