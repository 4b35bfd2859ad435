"""The compiled names in memory: which units a word of a text can mean.

Looking a word up cuts endings off until a stem of the table is left: a dictionary of 56,000 stems is read in less
than 0.2 s and held in less than 40 MB, where an automaton over all 250,000 forms costs several times both.
"""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from hromadkit.places._declension import decline
from hromadkit.places._latin import latin_key
from hromadkit.places._text import search_key

OBLAST, RAION, HROMADA, SETTLEMENT, REGION, ABROAD = "o", "r", "h", "s", "n", "a"


class Bearer(NamedTuple):
    """A unit that bears a name; ``path`` are the digits of its code that its lower units share."""

    code: str
    # Of a community the first letter of its kind of council, of others of their own kind.
    kind: str
    is_centre: bool
    is_former: bool
    population: int

    @property
    def oblast(self) -> str:
        """Two digits."""
        return self.code[2:4]

    @property
    def raion(self) -> str:
        """Four digits."""
        return self.code[2:6]

    @property
    def hromada(self) -> str:
        """Seven digits."""
        return self.code[2:9]


class Abroad(NamedTuple):
    """A community abroad that texts may name: what it is called here, and how it is spelt in Ukrainian and Latin."""

    code: str
    names: tuple[str, ...]


class Name:
    """A name in one role, with its further words if it has several."""

    __slots__ = ("_bearers", "_raw", "key", "more", "role")

    def __init__(self, role: str, raw: str, more: tuple[dict[str, int], ...], key: str) -> None:
        self.role = role
        self.more = more
        self.key = key
        self._raw = raw
        self._bearers: tuple[Bearer, ...] | None = None

    @property
    def bearers(self) -> tuple[Bearer, ...]:
        """The units with this name, read when first asked."""
        if self._bearers is None:
            self._bearers = tuple(_bearer(raw) for raw in self._raw.split(" "))
        return self._bearers


def _bearer(raw: str) -> Bearer:
    code, marks, population = raw.rsplit(":", 2)
    return Bearer(code, marks[0], "!" in marks, "f" in marks, int(population))


# A token is asked again and again in an archive; what it can mean is kept for so many.
_KEPT = 20_000
_LONGEST_ENDING = 4


@dataclass(slots=True)
class Index:
    """Names by the stems of their first words, and by their Latin keys."""

    classes: tuple[frozenset[str], ...]
    stems: dict[str, list[tuple[int, Name]]]
    latin: dict[str, list[tuple[Name, tuple[str, ...]]]]
    # Codes of communities and of the levels above by their digits.
    hromadas: dict[str, str]
    raions: dict[str, str]
    oblasts: dict[str, str]
    known: dict[str, tuple[Name, ...]]

    def with_abroad(self, communities: "Iterable[Abroad]") -> "Index":
        """A copy that knows these communities abroad as well."""
        classes = list(self.classes)
        stems, latin = dict(self.stems), dict(self.latin)
        for community in communities:
            for spelling in community.names:
                key = search_key(spelling)
                words = key.split(" ")
                paradigms: list[dict[str, int]] = []
                for word in words:
                    paradigm = {}
                    for stem, endings in decline(word):
                        classes.append(frozenset(endings))
                        paradigm[stem] = len(classes) - 1
                    paradigms.append(paradigm)
                name = Name(ABROAD, f"{community.code}:a:0", tuple(paradigms[1:]), key)
                for stem, number in paradigms[0].items():
                    stems[stem] = [*stems.get(stem, ()), (number, name)]
                first, *rest = (latin_key(word) for word in words)
                latin[first] = [*latin.get(first, ()), (name, tuple(rest))]
        return Index(tuple(classes), stems, latin, self.hromadas, self.raions, self.oblasts, {})

    def names(self, token: str) -> tuple[Name, ...]:
        """What a word in Ukrainian letters, small, can be the first or only word of."""
        found = self.known.get(token)
        if found is None:
            found = self._look_up(token)
            if len(self.known) >= _KEPT:
                self.known.clear()
            self.known[token] = found
        return found

    def _look_up(self, token: str) -> tuple[Name, ...]:
        found: dict[int, Name] = {}
        for cut in range(min(_LONGEST_ENDING + 1, len(token))):
            place = len(token) - cut
            for number, name in self.stems.get(token[:place], ()):
                if token[place:] in self.classes[number]:
                    found[id(name)] = name
        return tuple(found.values())

    def fits(self, paradigm: dict[str, int], token: str) -> bool:
        """Whether the word is a form of the paradigm."""
        for cut in range(min(_LONGEST_ENDING + 1, len(token))):
            place = len(token) - cut
            number = paradigm.get(token[:place])
            if number is not None and token[place:] in self.classes[number]:
                return True
        return False


def _paradigm(text: str) -> dict[str, int]:
    made = {}
    for part in text.split(","):
        stem, _slash, number = part.rpartition("/")
        made[stem] = int(number)
    return made


@cache
def index() -> Index:
    """Read the compiled table, once."""
    text = gzip.decompress(files("hromadkit.places").joinpath("data", "gazetteer.tsv.gz").read_bytes()).decode()
    head, *lines = text.splitlines()
    classes = tuple(
        frozenset("" if ending == "-" else ending for ending in group.split(" ")) for group in head.split(";")
    )
    made = Index(classes, {}, {}, {}, {}, {}, {})
    levels = {
        HROMADA: (made.hromadas, 7),
        RAION: (made.raions, 4),
        OBLAST: (made.oblasts, 2),
        REGION: (made.oblasts, 2),
    }
    for line in lines:
        role, raw, words, keys = line.split("\t")
        first, *rest = words.split("|")
        name = Name(role, raw, tuple(_paradigm(word) for word in rest), keys)
        for stem, number in _paradigm(first).items():
            made.stems.setdefault(stem, []).append((number, name))
        for key in keys.split(" "):
            start, *following = key.split("_")
            made.latin.setdefault(start, []).append((name, tuple(following)))
        if role in levels:
            codes, digits = levels[role]
            for each in raw.split(" "):
                codes[each[2 : 2 + digits]] = each[:19]
        if role == SETTLEMENT:
            for each in raw.split(" "):
                # Kyiv and Sevastopol are community and region in one.
                if each[9:14] == "00000" and each[4:9] == "00000":
                    made.hromadas[each[2:9]] = made.oblasts[each[2:4]] = each[:19]
    return made
