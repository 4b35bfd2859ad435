"""Ukraine's communities: the codifier with places on the map, former names, outlines, names to say, places in texts.

The tables are compiled from public packages by ``scripts/compile_places.py``; ``manifest()`` tells from which.
"""

from hromadkit.places._aboutness import Tag, Tags
from hromadkit.places._heads import Head
from hromadkit.places._index import Abroad
from hromadkit.places._mentions import Mention
from hromadkit.places._names import Named, everyday_name, everyday_name_en, official_name, official_name_en
from hromadkit.places._tables import (
    FormerName,
    Outline,
    Ring,
    check_code,
    former_names,
    manifest,
    outlines,
    unit,
    units,
)
from hromadkit.places._tagger import Gazetteer
from hromadkit.places._text import ALPHABET, search_key, sort_key, transliterate
from hromadkit.places._units import CodeFault, Council, Kind, Unit, WrongCode, distance_km

__all__ = [
    "ALPHABET",
    "Abroad",
    "CodeFault",
    "Council",
    "FormerName",
    "Gazetteer",
    "Head",
    "Kind",
    "Mention",
    "Named",
    "Outline",
    "Ring",
    "Tag",
    "Tags",
    "Unit",
    "WrongCode",
    "check_code",
    "distance_km",
    "everyday_name",
    "everyday_name_en",
    "former_names",
    "manifest",
    "official_name",
    "official_name_en",
    "outlines",
    "search_key",
    "sort_key",
    "transliterate",
    "unit",
    "units",
]
