"""Mentions of places: which unit each name means, settled by the text's own evidence or left as candidates."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from hromadkit.places._heads import Head
from hromadkit.places._index import ABROAD, HROMADA, OBLAST, RAION, REGION, SETTLEMENT, Bearer, Index
from hromadkit.places._reading import Read, Reader


@dataclass(slots=True)
class Mention:
    """A name in a text.

    ``codes`` holds the one unit that is meant, or the candidates where the text does not settle it. ``kind`` is
    oblast, raion, hromada or settlement. ``listed`` tells how many names stand in its list.
    """

    start: int
    end: int
    surface: str
    kind: str
    codes: tuple[str, ...]
    head: Head
    listed: int
    evidence: tuple[str, ...]
    # The communities and the oblasts behind the codes.
    hromadas: tuple[str, ...] = ()
    oblasts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    read: Read
    kind: str
    bearers: list[Bearer]
    evidence: list[str] = field(default_factory=list)

    def keep(self, wanted: list[Bearer], why: str) -> None:
        """Narrow, unless nothing or nothing less would be left."""
        if wanted and len(wanted) < len(self.bearers):
            self.bearers = wanted
            self.evidence.append(why)


_ROLES = {
    Head.COMMUNITY: (HROMADA, "hromada"),
    Head.COUNCIL: (HROMADA, "hromada"),
    Head.LEADER: (HROMADA, "hromada"),
    Head.OBLAST: (OBLAST, "oblast"),
    Head.OFFICE: (OBLAST, "oblast"),
    Head.RAION: (RAION, "raion"),
}


def find(text: str, even: str, places: list[int] | None, index: Index, hints: frozenset[str]) -> list[Mention]:
    """Return the mentions in their order.

    ``even`` and ``places`` are what ``plain`` made of the text; ``hints`` are digits of oblasts that speak where the
    text does not.
    """
    opened = [made for read in Reader(even, index).run() if (made := _open(read)) is not None]
    oblasts, raions = _told(opened)
    for each, following in zip_longest(opened, opened[1:]):
        if following is not None and following.kind == "oblast" and len(following.bearers) == 1:
            _take_attribute(each, following, even)
        _narrow(each, oblasts, raions)
    sure = _neighbours(opened)
    return [_closed(each, sure, hints, index=index, text=text, places=places) for each in opened if each.bearers]


def _open(read: Read) -> _Open | None:
    if read.head is Head.OTHER:
        return None
    role = _ROLES.get(read.head)
    if role is not None and (read.is_adjective or read.of(role[0])):
        bearers = read.of(role[0])
        if not bearers and read.head is Head.RAION:
            # Raions of before 2020 are mostly named as the community of their centre, a town or a settlement.
            bearers = [bearer for bearer in read.of(HROMADA) if bearer.kind != "r"] or read.of(HROMADA)
        return _Open(read, role[1], bearers) if bearers else None
    if read.head is Head.NONE and read.is_adjective and not read.of(SETTLEMENT):
        return None
    for role_of, kind in ((ABROAD, "abroad"), (REGION, "oblast"), (SETTLEMENT, "settlement")):
        if bearers := read.of(role_of):
            is_other = role_of == SETTLEMENT and role is not None and role[1] != "hromada"
            return None if is_other else _Open(read, kind, bearers)
    return None


def _told(opened: list[_Open]) -> tuple[set[str], set[str]]:
    """Oblasts and raions that the text names without doubt."""
    oblasts = {each.bearers[0].oblast for each in opened if each.kind == "oblast" and len(each.bearers) == 1}
    raions: set[str] = set()
    for each in opened:
        if each.kind != "raion":
            continue
        each.keep([bearer for bearer in each.bearers if bearer.oblast in oblasts], "oblast in the text")
        if len(each.bearers) == 1:
            raions.add(each.bearers[0].raion)
    return oblasts, raions


# "громада Сумської області", "громада (Сумська область)": nothing but its head stands between.
_BETWEEN = re.compile(r"[^A-ZА-ЯЄІЇҐ.;:!?,]{1,48}")


def _take_attribute(each: _Open, oblast: _Open, even: str) -> None:
    """The oblast that follows a name at once is the name's own, whatever others the text tells of."""
    if len(each.bearers) > 1 and _BETWEEN.fullmatch(even, each.read.end, oblast.read.start):
        each.keep(
            [bearer for bearer in each.bearers if bearer.oblast == oblast.bearers[0].oblast], "its oblast beside it"
        )


def _narrow(each: _Open, oblasts: set[str], raions: set[str]) -> None:
    if len(each.bearers) < 2:
        if each.kind == "hromada" and each.read.council and each.bearers[0].kind in "usr":
            _check_council(each)
        return
    if each.kind == "hromada" and each.read.council:
        each.bearers = [bearer for bearer in each.bearers if bearer.kind == each.read.council]
        each.evidence.append("kind of council")
    each.keep([bearer for bearer in each.bearers if bearer.oblast in oblasts], "oblast in the text")
    each.keep([bearer for bearer in each.bearers if bearer.raion in raions], "raion in the text")


def _check_council(each: _Open) -> None:
    """A village council is not the urban community of the same name."""
    if each.bearers[0].kind != each.read.council:
        each.bearers = []


def _neighbours(opened: list[_Open]) -> Counter[str]:
    """How often the text is sure of a community, of an oblast: by digits."""
    sure: Counter[str] = Counter()
    for each in opened:
        if len(each.bearers) == 1 and each.kind in {"hromada", "settlement"}:
            sure[each.bearers[0].hromada] += 1
            sure[each.bearers[0].oblast] += 1
    return sure


# A town so many times larger than its namesakes is meant when nothing speaks for them.
_LARGER = 8


def _closed(
    each: _Open, sure: Counter[str], hints: frozenset[str], *, index: Index, text: str, places: list[int] | None
) -> Mention:
    _settle(each, sure, hints)
    read = each.read
    start, end = (read.start, read.end) if places is None else (places[read.start], places[read.end - 1] + 1)
    is_local = each.kind in {"hromada", "settlement"}
    if len(each.bearers) == 1 and each.bearers[0].is_former:
        each.evidence.append("former name")
    return Mention(
        start,
        end,
        text[start:end],
        each.kind,
        tuple(bearer.code for bearer in each.bearers),
        read.head,
        read.listed,
        tuple(each.evidence),
        _above(index.hromadas, (bearer.hromada for bearer in each.bearers)) if is_local else (),
        () if each.kind == "abroad" else _above(index.oblasts, (bearer.oblast for bearer in each.bearers)),
    )


def _above(codes: dict[str, str], digits: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes[each] for each in digits if each in codes))


def _settle(each: _Open, sure: Counter[str], hints: frozenset[str]) -> None:
    if len(each.bearers) > 1:
        each.keep([bearer for bearer in each.bearers if sure[bearer.hromada]], "community in the text")
    if len(each.bearers) > 1 and each.kind == "settlement" and each.read.head is not Head.SETTLEMENT:
        each.keep([bearer for bearer in each.bearers if bearer.is_centre], "centre of a community")
    if len(each.bearers) > 1:
        each.keep([bearer for bearer in each.bearers if sure[bearer.oblast]], "neighbours in the text")
    if len(each.bearers) > 1:
        each.keep([bearer for bearer in each.bearers if bearer.oblast in hints], "oblast of the source")
    # Namesakes within one oblast are for the editor to tell apart.
    if len(each.bearers) > 1 and len({bearer.oblast for bearer in each.bearers}) > 1:
        first, second = sorted(each.bearers, key=lambda bearer: -bearer.population)[:2]
        if first.population >= _LARGER * max(second.population, 1000):
            each.keep([first], "by far the largest")
