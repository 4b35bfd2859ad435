"""Texts of papers from templates: files with sections in both languages, filled from a record."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pobratym.organisations.models import Body
from pobratym.vocabulary.choices import Direction

LANGUAGES = ("uk", "en")
TERMS = {
    "uk": {True: "до {until}", False: "безстроково, до припинення за цим Меморандумом"},
    "en": {True: "until {until}", False: "without limit, until it is terminated under its own terms"},
}
COPIES = {
    "uk": {True: "українською та англійською мовами", False: "українською мовою"},
    "en": {True: "in Ukrainian and English", False: "in Ukrainian"},
}

Section = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Aim:
    """What the parties plan in a direction, for the memorandum's text."""

    direction: str
    text_uk: str
    text_en: str = ""

    def text(self, language: str) -> str:
        """The aim in a language, without a full stop; Ukrainian where there is no English one."""
        return ((self.text_en if language == "en" else "") or self.text_uk).rstrip(". ")


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with."""

    bodies: Sequence[Body]
    subject_uk: str
    subject_en: str = ""
    directions: Sequence[str] = tuple(Direction)
    aims: Sequence[Aim] = ()
    until: str = ""
    places: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    def subject(self, language: str) -> str:
        """The subject in a language."""
        return (self.subject_en if language == "en" else "") or self.subject_uk

    @property
    def is_international(self) -> bool:
        """Whether a municipality abroad takes part: then the paper has two languages."""
        return any(body.abroad_id for body in self.bodies)


@cache
def template(name: str) -> dict[str, Any]:
    """A template as data."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def memorandum(filling: Filling) -> list[Section]:
    """The sections of a memorandum, each with its title and paragraphs in both languages."""
    data = template("memorandum")
    return [
        {
            "key": section["key"],
            **{f"title_{language}": section[f"title_{language}"] for language in LANGUAGES},
            **{
                f"paragraphs_{language}": _paragraphs(section[language], filling, data, language)
                for language in LANGUAGES
            },
        }
        for section in data["sections"]
    ]


def _paragraphs(lines: Sequence[str], filling: Filling, data: Mapping[str, Any], language: str) -> list[str]:
    """The template's lines with their repeated and single words filled."""
    words = {
        "subject": filling.subject(language),
        "term": TERMS[language][bool(filling.until)].format(until=filling.until),
        "languages": COPIES[language][filling.is_international],
    }
    filled: list[str] = []
    for line in lines:
        if line == "{each_party}":
            filled += [_party(body, filling, data["words"], language) for body in filling.bodies]
        elif line == "{each_direction}":
            filled += [_direction(direction, filling, data, language) for direction in filling.directions]
        else:
            filled.append(line.format_map(words))
    return filled


def _party(body: Body, filling: Filling, words: Mapping[str, str], language: str) -> str:
    """A party by its full name, code and place."""
    place = filling.places.get(body.pk)
    known = place[LANGUAGES.index(language)] if place else place_of(body, language)
    shape = words[f"party_{language}" if body.edrpou else f"party_without_code_{language}"]
    name = body.name_en if language == "en" else body.name_uk
    return shape.format(name=name, edrpou=body.edrpou, place=known) + ";"


def place_of(body: Body, language: str) -> str:
    """By which code the body's territory is known."""
    if body.unit_id:
        return f"КАТОТТГ {body.unit_id}" if language == "uk" else f"KATOTTG {body.unit_id}"
    abroad = body.abroad
    assert abroad is not None  # noqa: S101  # a constraint: a body acts for a unit or for a municipality abroad
    return f"{abroad.name_own}, {abroad.country}"


def _direction(direction: str, filling: Filling, data: Mapping[str, Any], language: str) -> str:
    """A direction with what is planned in it."""
    text: str = data["directions"][direction][language]
    planned = [aim.text(language) for aim in filling.aims if aim.direction == direction]
    if planned:
        text += str(data["words"][f"planned_{language}"]).format(texts="; ".join(planned))
    return text
