"""Sentences for verbs: each context registers its own at start."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pobratym.audit.choices import Export
from pobratym.audit.models import EXPORTED

sentences: dict[str, Any] = {}
# Labels of coded facts: verb → fact → code → word.
labels: dict[str, Mapping[str, Mapping[str, Any]]] = {}
# Verbs that the public extract of a record tells.
public_verbs: set[str] = set()
# What a reader can choose among: the beginning of verbs → its name.
kinds: dict[str, Any] = {}

DATE = re.compile(r"\d{4}-\d\d-\d\d")


def register(
    words: Mapping[str, Any],
    *,
    choices: Mapping[str, Mapping[str, Any]] | None = None,
    public: Collection[str] = (),
    named: Mapping[str, Any] | None = None,
) -> None:
    """Add sentences, lazily translated, with facts as `%(name)s`.

    `choices` gives words for facts that are codes, such as `{"before": dict(Visibility.choices)}`; a fact may hold
    several codes separated by commas. Facts that are ISO dates are shown as the language writes dates. `public` are
    those verbs that anyone may read who may see the record: their facts must be fit for everyone. `named` gives names
    to kinds of events by how their verbs begin: `{"partnerships.stage": _("Stages")}`.
    """
    sentences.update(words)
    public_verbs.update(public)
    kinds.update(named or {})
    if choices:
        labels.update(dict.fromkeys(words, choices))


def kind_of(verb: str) -> str:
    """The kind of event: the verb without its last word."""
    return verb.rpartition(".")[0]


def sentence(verb: str, facts: Mapping[str, Any], *, coarse: bool = False) -> str:
    """The entry as a sentence in the present language; a verb without one is shown as it is.

    `coarse` tells the month instead of the day.
    """
    if verb not in sentences:
        return verb
    words = labels.get(verb, {})
    shown = {name: _shown(value, words.get(name, {}), coarse=coarse) for name, value in facts.items()}
    return str(sentences[verb]) % shown


def _shown(value: Any, words: Mapping[str, Any], *, coarse: bool) -> str:
    if value is None or value == "":
        return "—"
    text = str(value)
    if DATE.fullmatch(text):
        return date_format(dt.date.fromisoformat(text), "F Y" if coarse else _day_format())
    return ", ".join(str(words.get(part, part)) for part in text.split(", ")) if words else text


def _day_format() -> str:
    """Days as the language writes them; English with the month in words, because 02/03 is two different days."""
    return "j F Y" if get_language() == "en" else "SHORT_DATE_FORMAT"


register(
    {EXPORTED: _("Taken out: %(what)s; rows: %(rows)s.")},
    choices={"what": dict(Export.choices)},
)
