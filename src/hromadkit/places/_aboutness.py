"""Which oblasts and communities a text is about: the salience of its mentions, and a threshold over it.

A mention is not a subject: venues, guests, neighbours and examples are named as well. What counts is the word beside
the name (the head of a community beats "in" a town), where it stands, how often, and in how long a list. The formula
and its limits are described in docs/methods/place-tags.md.
"""

import re
from dataclasses import dataclass

from hromadkit.places._heads import Head
from hromadkit.places._index import Index
from hromadkit.places._mentions import Mention

WEIGHTS = {
    Head.COMMUNITY: 0.95,
    Head.LEADER: 0.9,
    Head.COUNCIL: 0.7,
    Head.NONE: 0.35,
    Head.SETTLEMENT: 0.3,
    Head.CENTRE_OF: 0.3,
    Head.PLACE: 0.25,
}
# The first sentence, or the headline, says what a text is about.
FIRST = 1.6
# Two or three may act together; in a longer list a name is an example.
IN_LIST = {2: 1.0, 3: 0.7}
IN_LONG_LIST = 0.3
# Below it nothing is tagged, nor what has less than this share of the most salient one.
THRESHOLD = 1.0
SHARE = 0.4
# An office for an oblast speaks of it more faintly than the oblast's own name.
OFFICE = 0.5
# "у Звягелі Житомирської області": the oblast says where the place is, so it is told of.
ATTRIBUTE = 0.5
OF_HROMADA = 2.0

# A community that is only being formed or planned is not there yet: such news is about the oblast's map.
_FORMATION = re.compile(
    r"(?:створ|утвор)(?:ено|или|ила|ив|ився|илася|ення|юєть|ити|ювати)\w*(?=[^.!?]*(?:громад|ТГ))"
    r"|\bнов(?:а|у|ої|их|і)\s+(?:[ОМСТ]*ТГ|громад)|перспективн\w+\s+план|потенційн\w+|\bЦВК\b|[Цц]ентральн\w+\s+виборч"
    r"|приєдн\w+\s+до\s+(?:міста|м\.)|об’єдна(?:лися|ються|тися|лись)|готу\w+\s+до\s+об’єднання"
    r"|перш(?:у|а|і)\s+(?:[ОМСТ]*ТГ|громад|вибори)"
    r"|\b(?:formed|formation|to amalgamate|united into|prepare\w* for amalgamation|perspective plan|planned|potential"
    r"|first elections|new (?:AH|hromada))\b"
)
# Cheaper to look for than the pattern.
_FORMATION_WORDS = (
    "твор", "нов", "ерспект", "отенц", "ЦВК", "виборч", "днал", "днают", "днат", "днан", "риєдн", "ерш",
    "orm", "nited", "lan", "otential", "first", "repar", "malgam", "new",
)  # fmt: skip
IN_FIRST_SENTENCE, ELSEWHERE, LEAST = 0.25, 0.5, 0.2

_SENTENCE_ENDS = re.compile(r"[.!?…](?=\s+[«„“A-ZА-ЯЄІЇҐ0-9])|\n")


@dataclass(frozen=True, slots=True)
class Tag:
    """A territory that a text is about.

    ``salience`` is in units of the threshold (1 and more is tagged); it puts tags in order and is no probability.
    ``reasons`` are the words of the text that say so, or of the source where the text says nothing.
    """

    code: str
    salience: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tags:
    """What a text is about, the most salient first, with all mentions; those with several codes ask for a decision."""

    oblasts: tuple[Tag, ...]
    hromadas: tuple[Tag, ...]
    mentions: tuple[Mention, ...]


def weigh(text: str, even: str, title_ends: int, mentions: list[Mention], index: Index) -> Tags:
    """Return what the text is about; its first ``title_ends`` signs are the headline."""
    ends = _SENTENCE_ENDS.search(text, title_ends)
    first = ends.start() if ends else len(text)
    hromadas = _hromadas(mentions, first, even)
    return Tags(_oblasts(mentions, first, hromadas, index), hromadas, tuple(mentions))


def _hromadas(mentions: list[Mention], first: int, even: str) -> tuple[Tag, ...]:
    scores: dict[str, float] = {}
    for mention in mentions:
        if len(mention.hromadas) == 1:
            weight = WEIGHTS[mention.head] * (FIRST if mention.start < first else 1.0)
            weight *= IN_LIST.get(mention.listed, IN_LONG_LIST) if mention.listed > 1 else 1.0
            code = mention.hromadas[0]
            scores[code] = scores.get(code, 0.0) + weight
    best = max(scores.values(), default=0.0)
    if best < THRESHOLD:
        return ()
    calm = _formation(even, first)
    found = sorted(
        (-score, code) for code, score in scores.items() if score * calm >= THRESHOLD and score >= SHARE * best
    )
    return tuple(
        Tag(
            code,
            round(-score * calm / THRESHOLD, 2),
            tuple(dict.fromkeys(mention.surface for mention in mentions if mention.hromadas == (code,))),
        )
        for score, code in found
    )


def _formation(even: str, first: int) -> float:
    calm = 1.0
    if any(word in even for word in _FORMATION_WORDS):
        for hit in _FORMATION.finditer(even):
            calm *= IN_FIRST_SENTENCE if hit.start() < first else ELSEWHERE
    return max(calm, LEAST)


def _oblasts(mentions: list[Mention], first: int, hromadas: tuple[Tag, ...], index: Index) -> tuple[Tag, ...]:
    scores: dict[str, float] = {}
    before: Mention | None = None
    for mention in mentions:
        if mention.kind == "oblast" and len(mention.oblasts) == 1:
            weight = (FIRST if mention.start < first else 1.0) * (OFFICE if mention.head is Head.OFFICE else 1.0)
            if before is not None and before.hromadas and mention.start - before.end <= 1:
                weight += ATTRIBUTE
            scores[mention.oblasts[0]] = scores.get(mention.oblasts[0], 0.0) + weight
        before = mention
    for tag in hromadas:
        oblast = index.oblasts[tag.code[2:4]]
        scores[oblast] = scores.get(oblast, 0.0) + OF_HROMADA
    best = max(scores.values(), default=0.0)
    return tuple(
        Tag(
            code,
            round(score, 2),
            tuple(
                dict.fromkeys(
                    mention.surface
                    for mention in mentions
                    if mention.oblasts == (code,) and mention.kind in {"oblast", "hromada"}
                )
            ),
        )
        for code, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if score >= SHARE * best
    )
