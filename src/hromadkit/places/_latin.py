"""One key for the many ways in which a Ukrainian name is written in Latin letters."""

import re
import unicodedata

# Resolution 55 of 2010, its forerunners, BGN/PCGN, scholarly and everyday spellings meet in one coarse key:
# kh and h, zh and j, ie and ye and e, ia and ya, iu and yu, y and i and yi, gh and g and h.
_STEPS = (
    (re.compile(r"['’`ʼ‘]"), ""),
    (re.compile(r"shch|sch"), "1"),
    (re.compile(r"zgh"), "zh"),
    (re.compile(r"zh|ž"), "2"),
    (re.compile(r"ch|č|tch"), "3"),
    (re.compile(r"sh|š"), "4"),
    (re.compile(r"kh|x"), "5"),
    (re.compile(r"ts|tz|c"), "6"),
    (re.compile(r"gh|g|h"), "h"),
    (re.compile(r"5"), "h"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[ijy]+a"), "a"),
    (re.compile(r"[ijy]+u"), "u"),
    (re.compile(r"[ijy]+e"), "e"),
    (re.compile(r"[ijy]+o"), "o"),
    (re.compile(r"[ijy]+"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def latin_key(text: str) -> str:
    """Return what the spellings of one name have in common: Zaporizhzhia, Zaporizhia, Zaporizhzhya."""
    key = unicodedata.normalize("NFKD", text).casefold()
    key = "".join(sign for sign in key if not unicodedata.combining(sign))
    for pattern, plain in _STEPS:
        key = pattern.sub(plain, key)
    return key
