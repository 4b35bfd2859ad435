"""Taking an enterprise out of sight: by its EDRPOU code and its names, everywhere at once (CMU 1257 of 03.10.2025).

An order is a row; every query of what outsiders see carries the condition “names nothing that is taken down now”. No
text is edited, so ending the order restores exactly what was seen before. Own people keep reading their records.

How a context takes part: its queryset passes the condition to `visible`, and it registers the kind for the preview.

    def mentions(sought: Sought) -> Q:
        return sought.within("subject_uk", "subject_en") | Q(Exists(Note.objects.filter(…, sought.within("text"))))

    def visible_to(self, user: object) -> "PartnershipQuerySet":
        return self.filter(visible(user, team=…, hidden=mentions(IN_FORCE)))

    takedown.register("partnerships.partnership", _("partnerships"), mentions)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Now
from django.db.models.lookups import Regex

# Shorter names would hide half of all texts.
SHORTEST_NAME = 4
NBSP = "\N{NO-BREAK SPACE}"
_LETTERS = "0-9A-Za-zАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюяЫЭЪЁыэъё"
_QUOTES, _APOSTROPHES, _DASHES = '«»"“”„', "’'ʼ`", "-‐‑–—"


class TakedownQuerySet(models.QuerySet["Takedown"]):
    def in_force(self) -> "TakedownQuerySet":
        """Those that hide something at this moment, by the database’s clock: who asks, asks now."""
        return self.filter(Q(hidden_to=None) | Q(hidden_to__gt=Now()), hidden_from__lte=Now())


class Takedown(models.Model):
    """An order to close the data about an enterprise; who recorded it stands in the trail."""

    edrpou = models.CharField(max_length=8)
    names = models.JSONField(default=list)
    # The order by its number and day.
    ground = models.CharField(max_length=300)
    hidden_from = models.DateTimeField()
    hidden_to = models.DateTimeField(null=True, blank=True)
    # One expression that finds the code and the names, computed from them.
    pattern = models.TextField()

    objects = TakedownQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(hidden_to=None) | Q(hidden_to__gt=F("hidden_from")), name="takedown_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=("edrpou",), condition=Q(hidden_to=None), name="takedown_open_once"),
        )

    def __str__(self) -> str:
        # Neither code nor name: this may come into a log.
        return f"{self.pk}: {self.ground}"


class Sought(Protocol):
    """What is looked for in texts."""

    def within(self, *fields: str) -> Q:
        """Rows in one of whose fields it stands; a field may be reached over a relation to one."""


@dataclass(frozen=True, slots=True)
class _InForce:
    """What is taken down at the moment of the query."""

    def within(self, *fields: str) -> Q:
        said = _joined([OuterRef(field) for field in fields])
        return Q(Exists(Takedown.objects.in_force().filter(Regex(said, F("pattern")))))


@dataclass(frozen=True, slots=True)
class Asked:
    """What an order would take down, for those who look before they act."""

    pattern: str

    def within(self, *fields: str) -> Q:
        """The same question for a code and names that are not stored."""
        return Q(Regex(_joined([F(field) for field in fields]), Value(self.pattern)))


IN_FORCE = _InForce()


class _Joined(Func):
    """Texts one after another; flat, for SQLite's parser does not nest as deep as Concat would."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


def _joined(fields: Iterable[Any]) -> _Joined:
    """Several columns as one text, so that each row is searched once; JSON as the text that it is stored as."""
    parts: list[Any] = []
    for field in fields:
        parts += [Coalesce(Cast(field, TextField()), Value("")), Value("\n")]
    return _Joined(*parts)


def pattern_of(edrpou: str, names: Iterable[str]) -> str:
    """The expression for the code and the names, alike on both databases and in HTML and JSON.

    Letters of either case, any quotation marks, dashes and apostrophes, any blanks or tags between words; a name
    begins a word and may take an ending: “Завод «Січ»” finds «Завод “Січі”».
    """
    code = f"(?:^|[^0-9]){edrpou}(?:[^0-9]|$)"
    begin = rf"(?:^|[^{_LETTERS}]|\\u(?!04)[0-9a-f]{{4}}|\\n)"
    gap = rf"(?:\s|{NBSP}|&nbsp;|\\u00a0|\\n|<[^>]*>)+"
    found = [gap.join("".join(map(_letter, word)) for word in name.split()) for name in names if name.strip()]
    return "|".join([code, *(begin + name for name in found)])


def _letter(letter: str) -> str:
    if letter in _QUOTES:
        return rf"(?:[{_QUOTES}]|&quot;|\\\"|{_escaped(_QUOTES)})?"
    if letter in _APOSTROPHES:
        return f"(?:[{_APOSTROPHES}]|&#x27;|&#39;|{_escaped(_APOSTROPHES)})?"
    if letter in _DASHES:
        return rf"(?:[{_DASHES.replace('-', '')}-]|{_escaped(_DASHES)})"
    if letter == "&":
        return "(?:&|&amp;)"
    if letter.isascii():
        return f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else _plain(letter)
    forms = letter.lower() + letter.upper()
    return f"(?:[{forms}]|{_escaped(forms)})"


def _plain(letter: str) -> str:
    return letter if letter.isalnum() else "\\" + letter


def _escaped(letters: str) -> str:
    """The letters as JSON writes them in a column that holds ASCII alone."""
    return "|".join(rf"\\u{ord(letter):04x}" for letter in letters if not letter.isascii())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that an order reaches: its name in the plural, and where it may speak of an enterprise."""

    name: Any
    mentions: Callable[[Sought], Q]


kinds: dict[str, Kind] = {}


def register(label: str, name: Any, mentions: Callable[[Sought], Q]) -> None:
    """Tell how records of the model `label` mention an enterprise; contexts call it where they define the model."""
    kinds[label] = Kind(name, mentions)


def reached(pattern: str) -> list[tuple[Any, QuerySet[Any]]]:
    """What an order with this expression would hide, kind by kind."""
    return [(kind.name, _rows(label).filter(kind.mentions(Asked(pattern)))) for label, kind in kinds.items()]


def hidden(label: str) -> QuerySet[Any]:
    """The records of a kind that are taken down now."""
    return _rows(label).filter(kinds[label].mentions(IN_FORCE))


def is_hidden(record: models.Model) -> bool:
    """Whether the record is taken down now: its own people are told so."""
    return hidden(record._meta.label_lower).filter(pk=record.pk).exists()  # noqa: SLF001  # Django's documented model API


def _rows(label: str) -> QuerySet[Any]:
    found: QuerySet[Any] = apps.get_model(label)._default_manager.order_by("pk")  # noqa: SLF001
    return found
