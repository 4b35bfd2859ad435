"""What stands in a cell, and how it is written as text."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | dt.date | bool | None

# A program's limit for the text of one cell.
LONGEST = 32_767


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language's programs expect a table of text."""

    separator: str
    decimal: str


UKRAINIAN, ENGLISH = Dialect(";", ","), Dialect(",", ".")


def dialect_of(language: str) -> Dialect:
    """The dialect by which programs in the language split and read numbers."""
    return ENGLISH if language == "en" else UKRAINIAN


def number(value: int | Decimal, decimal: str = ".") -> str:
    """A number without an exponent, separators or trailing zeros."""
    text = f"{Decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return (text or "0").replace(".", decimal)


def cut(text: str) -> str:
    """The text as far as a cell can hold it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
