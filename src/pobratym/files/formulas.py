"""Cells that a spreadsheet program would run: how they are known, and made harmless so that it can be undone (OWASP).

An apostrophe is put before a formula, at the beginning of a cell and after every separator or line break within it:
another program may split the row elsewhere. The same place never holds an apostrophe otherwise unless it got one more,
so taking it away gives exactly what was there.
"""

import re

# Also the full-width forms, which programs in East Asian settings read as the plain ones.
_LEADING = r"=+\-@＝＋－＠"
# What programs skip before they look for a formula.
_SKIPPED = " \u00a0\u200b\ufeff\"'"
_AHEAD = rf"(?=[{_SKIPPED}]*[{_LEADING}])"
_AHEAD_OR_BREAK = rf"(?=[{_SKIPPED}]*[{_LEADING}\t\r\n\0])"
_AFTER_SEPARATOR = r"(?<=[,;\t\r\n])"
_UNSAFE = re.compile(rf"\A{_AHEAD_OR_BREAK}|{_AFTER_SEPARATOR}{_AHEAD}")
_MADE_SAFE = re.compile(rf"\A'{_AHEAD_OR_BREAK}|{_AFTER_SEPARATOR}'{_AHEAD}")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?([eE][+-]?[0-9]+)?%?")


def runs(text: str) -> bool:
    """Whether a cell with this text would be taken for a formula; a plain number is none, nor is what was made safe."""
    return not text.startswith("'") and _NUMBER.fullmatch(text) is None and _UNSAFE.match(text) is not None


def neutralised(text: str) -> str:
    """The text as no program runs it; `restored` undoes it. Plain numbers stay numbers."""
    return text if _NUMBER.fullmatch(text) else _UNSAFE.sub("'", text)


def restored(text: str) -> str:
    """The text before it was made safe."""
    return _MADE_SAFE.sub("", text)
