"""Ratchets over what is kept: audit verbs, catalogues, migrations, decisions. Values in, violations out."""

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FACT = re.compile(r"%\((\w+)\)s")
VERB = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
NOT_FACTS = {"verb", "by", "subject", "at", "body"}
DECISION = re.compile(r"(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
SECTIONS = ("## Status", "## Context", "## Decision", "## Consequences")
AUTOMATIC = re.compile(r"_auto_\d|_and_more$|^\d{4}_(alter|rename|remove|delete)_\w+_\w+_\w+_\w+_")


def recordings(source: str) -> list[tuple[int, str, set[str], bool]]:
    """Every ``record(verb="…", …)``: its line, verb, facts, and whether it passes facts that cannot be read here."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not any(keyword.arg == "verb" for keyword in call.keywords):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        verb = next(keyword.value for keyword in call.keywords if keyword.arg == "verb")
        if name == "record" and isinstance(verb, ast.Constant):
            facts = {keyword.arg for keyword in call.keywords if keyword.arg} - NOT_FACTS
            found.append((call.lineno, str(verb.value), facts, any(keyword.arg is None for keyword in call.keywords)))
    return found


def verbs_without_sentence(source: str, sentences: Mapping[str, Any]) -> list[str]:
    said = []
    for line, verb, facts, open_ended in recordings(source):
        if not VERB.fullmatch(verb):
            said.append(f"line {line}: “{verb}” is not context.noun.past")
        if verb not in sentences:
            said.append(f"line {line}: “{verb}” has no sentence in history.py")
        elif (asked := set(FACT.findall(str(sentences[verb]))) - facts) and not open_ended:
            said.append(f"line {line}: the sentence of “{verb}” asks for {', '.join(sorted(asked))}, not recorded here")
    return said


def doubtful_texts(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """What is wrong in a translation into Ukrainian, given (message, text)."""
    said = []
    for message, text in pairs:
        # A fact kept in two languages is named by the sentence in its own: `party_en` and `party_uk`.
        asked = sorted(name.replace("_en)", "_uk)") for name in PLACEHOLDER.findall(message))
        if asked != sorted(PLACEHOLDER.findall(text)):
            said.append(f"“{text}” names other values than “{message}”")
        if re.search(r"\w['`ʼ]\w", text):
            said.append(f"“{text}”: the apostrophe is ’")
        if re.search(r"[ыэъёЫЭЪЁ]", text):
            said.append(f"“{text}” holds a letter that is not Ukrainian")
        if re.search(r'"[^"]*[а-яіїєґ][^"]*"', re.sub(r"<[^>]*>", "", text)):
            said.append(f"“{text}”: quotation marks are «»")
    return said


def disordered_migrations(names: Iterable[str], dependencies: Mapping[str, Iterable[str]]) -> list[str]:
    """One line of numbered steps, each after the one before; ``dependencies`` are those inside the same context."""
    ordered, said = sorted(names), []
    for place, name in enumerate(ordered, start=1):
        if not name.startswith(f"{place:04}_"):
            said.append(f"{name} should be number {place:04}")
        before = [ordered[place - 2]] if place > 1 else []
        if sorted(dependencies.get(name, ())) != before:
            said.append(f"{name} follows {sorted(dependencies.get(name, ()))}, not {before}")
        if AUTOMATIC.search(name):
            said.append(f"{name} was named by Django; say what it does")
    return said


def wrong_decisions(folder: Path) -> list[str]:
    """Architecture decisions: numbered without a gap, four sections, at most 30 lines, listed in no other order."""
    said = []
    for place, path in enumerate(sorted(folder.glob("*.md"))):
        name = DECISION.fullmatch(path.name)
        if not name or int(name[1]) != place:
            said.append(f"{path.name} should be {place:04}-in-words.md")
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 30:
            said.append(f"{path.name} has {text.count(chr(10))} lines, more than 30")
        if not text.startswith(f"# {place:04} "):
            said.append(f"{path.name} should begin “# {place:04} ”")
        if [line for line in text.splitlines() if line.startswith("## ")] != list(SECTIONS):
            said.append(f"{path.name} should have {', '.join(section[3:] for section in SECTIONS)}")
    return said
