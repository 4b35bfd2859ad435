"""Places that a text names: what to suggest to its writer, what to ask, and where the words stand."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from html import unescape

from hromadkit.places import Gazetteer, Head, Mention, Tags, search_key
from pobratym.territory.choices import COMMUNITIES
from pobratym.territory.models import Unit

ELEMENT = re.compile(r"<[^>]*>")
# From this salience on a suggestion is called sure; 1 is the threshold of the method (docs/methods/place-tags.md).
SURE = 2.0
# Which names are worth a question: those that speak of a community, not every village.
ASKED = {Head.COMMUNITY, Head.COUNCIL, Head.LEADER}
MOST_QUESTIONS = 5
MOST_CANDIDATES = 10
WORDS_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A community that the text seems to be about, and the words that say so."""

    unit: Unit
    words: str
    salience: float

    @property
    def is_sure(self) -> bool:
        """Whether the text says it more than once, or at its beginning and plainly."""
        return self.salience >= SURE


@dataclass(frozen=True, slots=True)
class Question:
    """A name that several communities bear; the text does not tell which is meant."""

    surface: str
    candidates: list[Unit]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to suggest and what to ask, without what was chosen already."""

    sure: list[Suggestion]
    questions: list[Question]

    def __bool__(self) -> bool:
        return bool(self.sure or self.questions)


@cache
def gazetteer() -> Gazetteer:
    """Read once a process, when the first text asks."""
    return Gazetteer()


def plain_of(html: str) -> str:
    """The words of a body; an element ends a line, so that a heading and a paragraph do not run together."""
    return unescape(ELEMENT.sub("\n", html))


def tags_of(*, title: str, lead: str, body: str, source: str) -> Tags:
    """What the item is about, by its own words."""
    return gazetteer().tags(f"{lead}\n{plain_of(body)}".strip(), title=title, source=source)


def suggest(*, title: str, lead: str, body: str, source: str, chosen: Collection[str] = ()) -> Suggestions:
    """What a writer may want to choose; `chosen` are codes or names that stand in the form already. Two queries."""
    found = tags_of(title=title, lead=lead, body=body, source=source)
    asked = _asked(found.mentions)
    codes = {tag.code for tag in found.hromadas} | {code for mention in asked for code in mention.hromadas}
    units = Unit.objects.filter(kind__in=COMMUNITIES).with_parents().in_bulk(codes) if codes else {}
    keys = {search_key(text) for text in chosen}
    taken = {code for code, unit in units.items() if keys & _keys(unit)}
    return Suggestions(
        [
            Suggestion(units[tag.code], ", ".join(tag.reasons)[:WORDS_LENGTH], tag.salience)
            for tag in found.hromadas
            if tag.code in units and tag.code not in taken
        ],
        [
            Question(mention.surface, [units[code] for code in mention.hromadas if code in units])
            for mention in asked
            if not taken & set(mention.hromadas)
        ],
    )


def _keys(unit: Unit) -> set[str]:
    return {search_key(text) for text in (unit.pk, unit.name, unit.short_name, unit.everyday_name)}


def words_for(code: str, tags: Tags) -> tuple[str, float]:
    """The words by which the text speaks of the community, and its salience; empty if the text never names it."""
    for tag in tags.hromadas:
        if tag.code == code:
            return ", ".join(tag.reasons)[:WORDS_LENGTH], tag.salience
    named = [mention.surface for mention in tags.mentions if mention.head in ASKED and code in mention.hromadas]
    return ", ".join(dict.fromkeys(named))[:WORDS_LENGTH], 0.0


def _asked(mentions: Collection[Mention]) -> list[Mention]:
    """Names of communities that stay open, each once."""
    found: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        if mention.head in ASKED and 1 < len(mention.hromadas) <= MOST_CANDIDATES:
            found.setdefault(mention.hromadas, mention)
    return list(found.values())[:MOST_QUESTIONS]


def marked(html: str) -> str:
    """The cleaned body with each mention of a community, oblast or place in `<mark>`, for the writer's preview."""
    # Elements are blanked, not cut, so that places in the text stay places in the body.
    even = ELEMENT.sub(lambda element: " " * len(element[0]), html)
    parts, end = [], 0
    for mention in gazetteer().find(even):
        if "<" in html[mention.start : mention.end]:
            continue
        parts += [html[end : mention.start], "<mark>", html[mention.start : mention.end], "</mark>"]
        end = mention.end
    return "".join(parts) + html[end:]
