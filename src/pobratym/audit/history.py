"""Sentences for verbs: each context registers its own at start."""

from collections.abc import Mapping
from typing import Any

sentences: dict[str, Any] = {}


def register(words: Mapping[str, Any]) -> None:
    """Add sentences, lazily translated, with facts as `%(name)s`."""
    sentences.update(words)


def sentence(verb: str, facts: Mapping[str, Any]) -> str:
    """The entry as a sentence in the present language; a verb without one is shown as it is."""
    if verb not in sentences:
        return verb
    return str(sentences[verb]) % {key: "—" if value is None else value for key, value in facts.items()}
