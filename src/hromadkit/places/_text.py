"""Text of Ukrainian names: one key to find them by, one to sort them by, and Latin letters.

Both keys are plain strings on purpose: SQLite and PostgreSQL disagree about Cyrillic case and order, so the
database only ever compares what was computed here.
"""

import re
import unicodedata

APOSTROPHE = "’"
ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"

_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʹʼʻ′‘‛＇"), APOSTROPHE)
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
# Control signs too: PostgreSQL takes no zero byte in a text.
_INVISIBLE = dict.fromkeys([*range(9), *range(14, 28), 0x7F, 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_ONE_FORM = _APOSTROPHES | _HYPHENS | _INVISIBLE

_SPACES = re.compile(r"\s+")
_AROUND_HYPHEN = re.compile(r"\s*-+\s*")


# A stress mark, which would otherwise melt with г or к into a letter of another alphabet.
_STRESSED = re.compile("([\u0400-\u04ff])[\u0300\u0301]+")


def _plain(text: str) -> str:
    """Letters only: й and ї stay whole, a stress mark or an invisible sign goes."""
    apart = unicodedata.normalize("NFD", text.translate(_ONE_FORM))
    composed = unicodedata.normalize("NFC", _STRESSED.sub(r"\1", apart))
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Mn")


def search_key(text: str) -> str:
    """Return what two spellings of one name have in common: case, apostrophe, hyphen and stress do not count."""
    plain = unicodedata.normalize("NFC", _plain(_plain(text).casefold()).casefold())
    return _SPACES.sub(" ", _AROUND_HYPHEN.sub("-", plain)).strip()


# Two digits a sign. Digits are the only signs that every collation of either database orders alike; letters and
# spaces are not (some locales skip the space, some move z).
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RANKS = (
    {" ": "01", "-": "02"}
    | {digit: str(10 + rank) for rank, digit in enumerate("0123456789")}
    | {letter: str(20 + rank) for rank, letter in enumerate(_LATIN)}
    | {letter: str(50 + rank) for rank, letter in enumerate(ALPHABET)}
)
_SKIPPED = frozenset(f'{APOSTROPHE}"«»“”„().,')
_FOREIGN = "99"


def sort_key(text: str) -> str:
    """Return a string of digits whose plain order is the order of the Ukrainian alphabet."""
    return "".join(_RANKS.get(sign, _FOREIGN) for sign in search_key(text) if sign not in _SKIPPED)


# Resolution of the Cabinet of Ministers of 27.01.2010 № 55.
_LETTERS = dict(
    zip(
        "абвгґдежзиіклмнопрстуфхцчшщьєїйюя",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "y",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "ie",
            "i",
            "i",
            "iu",
            "ia",
        ],
        strict=True,
    )
)
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|{APOSTROPHE})*")


def transliterate(text: str) -> str:
    """Write Ukrainian in Latin letters by the Cabinet's resolution № 55 of 2010."""
    return _WORD.sub(lambda match: _transliterate_word(match[0]), _plain(text))


def _transliterate_word(word: str) -> str:
    shouted = len(word) > 1 and word.isupper()
    parts: list[str] = []
    for place, sign in enumerate(word):
        small = sign.lower()
        if small == APOSTROPHE:
            continue
        latin: str | None
        if small == "г" and place and word[place - 1].lower() == "з":
            latin = "gh"
        elif not place and small in _FIRST:
            latin = _FIRST[small]
        else:
            latin = _LETTERS.get(small)
        if latin is None:
            parts.append(sign)
        elif sign == small:
            parts.append(latin)
        else:
            parts.append(latin.upper() if shouted else latin.capitalize())
    return "".join(parts)
