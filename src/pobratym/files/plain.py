"""Plain text and tables of it: decoded strictly, refused where they are markup, script or would run as formulas."""

import csv
import io
import re

from pobratym.files.choices import FileType
from pobratym.files.formulas import runs
from pobratym.files.refusals import FormulaInTable

ENCODINGS = ("utf-8-sig", "cp1251")
SEPARATORS = (";", ",", "\t")
# What another program reads as its own language, whatever stands before it.
LANGUAGES = re.compile(
    r"<\s*(!doctype|\?|html|head|body|script|svg|iframe|object|embed|img|style|link|meta)\b|<\?|<%|%PDF-|\A\s*(#!|%!PS|\{\\rtf)"
    r"|javascript:|-----BEGIN|\A\s*<",
    re.IGNORECASE,
)
LONGEST_LINE = 100_000
LETTERS = re.compile(r"[А-Яа-яЄєІіЇїҐґ]")
ODD = re.compile(r"[A-Za-z]|[а-яєіїґ][А-ЯЄІЇҐ]")
WORDS = re.compile(r"[^\W\d_]+")


def decoded(content: bytes) -> str | None:
    """The text in UTF-8 or CP1251, or None: no control characters, and CP1251 only where it gives Cyrillic words."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any((ord(letter) < 32 and letter not in "\t\r\n") or letter in "\x7f\ufffe\uffff" for letter in text):
            return None
        if encoding == "cp1251" and not _is_cyrillic(text):
            return None
        return text
    return None


def _is_cyrillic(text: str) -> bool:
    """Any bytes are letters in CP1251; in words that were written in it Cyrillic letters stand among their like."""
    beyond = [letter for letter in text if ord(letter) > 127]
    words = [word for word in WORDS.findall(text) if LETTERS.search(word)]
    # Latin letters within the word, or a small letter before capitals, as KOI8 looks when it is read as CP1251.
    mixed = sum(ODD.search(word) is not None for word in words)
    letters = sum(LETTERS.match(letter) is not None for letter in beyond)
    return letters > 0 and letters >= 0.8 * len(beyond) and mixed <= 0.1 * len(words)


def kind_of(content: bytes) -> FileType | None:
    """CSV, plain text or None. Raises FormulaInTable."""
    text = decoded(content)
    if text is None or LANGUAGES.search(text) or max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        return None
    separator = separator_of(text)
    if not separator:
        return FileType.TEXT
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            for column, cell in enumerate(row, 1):
                if runs(cell):
                    raise FormulaInTable(row=number, column=column)
    except csv.Error:
        return FileType.TEXT
    return FileType.CSV


def separator_of(text: str) -> str:
    """What separates the cells: the sign by which every row has the same number of cells, or nothing."""
    for separator in SEPARATORS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        except csv.Error:
            continue
        widths = {len(row) for row in rows if row}
        if len(widths) == 1 and widths.pop() > 1 and len(rows) > 1:
            return separator
    return ""
