"""How names of places decline: stems with the endings that they take.

Built for finding, not for writing: where a name could decline in two ways both are given, because a form that nobody
writes does no harm. Endings and the changes of sounds follow the Ukrainian orthography of 2019 (§§ 68-105: nouns of
the four declensions, alternation of г, к, х before і, і with о and е, vowels that fall out).
"""

from collections.abc import Iterator

# A stem and the endings that it takes.
Paradigm = tuple[tuple[str, tuple[str, ...]], ...]

HARD_ADJECTIVE = ("ий", "ого", "ому", "им", "ім", "а", "ої", "ій", "у", "ою", "е", "і", "их", "ими")
SOFT_ADJECTIVE = ("ій", "ього", "ьому", "ім", "я", "ьої", "ю", "ьою", "є", "і", "іх", "іми")

_CONSONANTS = "бвгґджзйклмнпрстфхцчшщ"
_VOWELS = "аеиіоуєїюя"
_BEFORE_I = {"г": "з", "к": "ц", "х": "с"}
_SOFTENERS = "’ьй"


def decline_adjective(name: str) -> Paradigm:
    """Return the paradigm of an adjective given in any nominative: "калуська", "новий", "синє"."""
    stem, ending = name[:-2], name[-2:]
    if ending == "ий":
        return ((stem, HARD_ADJECTIVE),)
    if ending == "ій":
        return ((stem, SOFT_ADJECTIVE),)
    stem, ending = name[:-1], name[-1:]
    return ((stem, SOFT_ADJECTIVE if ending in "яє" else HARD_ADJECTIVE),)


def decline(word: str) -> Paradigm:
    """Return the paradigm of a word of a settlement's name, small letters, apostrophe ’."""
    found: dict[str, set[str]] = {}
    for stem, endings in _ways(word):
        found.setdefault(stem, set()).update(endings)
    found.setdefault(word, set()).add("")
    return tuple((stem, tuple(sorted(endings))) for stem, endings in sorted(found.items()))


def _ways(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if len(word) < 2 or not word[-1].isalpha():
        return
    if "-" in word:
        yield from _compound(word)
    last, stem = word[-1], word[:-1]
    if last in _CONSONANTS and last != "й":
        yield from _hard(word)
    elif way := _BY_LAST.get(last):
        yield from way(stem)


def _compound(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Both parts decline (Рава-Руська, Рави-Руської) or the last alone (Івано-Франківськ)."""
    first, _hyphen, last = word.rpartition("-")
    heads = {first} | {stem + ending for stem, endings in decline(first) for ending in endings}
    for stem, endings in decline(last):
        for head in heads:
            yield f"{head}-{stem}", endings


def _feminine(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not stem.endswith(("ськ", "цьк", "зьк")):
        yield stem, ("а", "и", "у", "ою", "ею") if stem[-1] in _BEFORE_I else ("а", "и", "і", "у", "ою", "ею")
        if stem[-1] in _BEFORE_I:
            yield stem[:-1] + _BEFORE_I[stem[-1]], ("і",)
    if stem.endswith(("ськ", "цьк", "зьк", "ов", "ев", "єв", "н", "т", "р", "ш", "ч")):
        yield stem, ("а", "ої", "ій", "у", "ою")


def _on_ya(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("я", "ї", "ю", "єю", "ям") if stem[-1] in _VOWELS else ("я", "і", "ю", "ею", "ям")
    if stem[-1] == "н":
        yield stem, ("я", "ьої", "ій", "ю", "ьою")


def _on_o(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("о", "а", "у", "ом", "ові", "і")


def _on_ye(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("є", "ього", "ьому", "ім", "ю", "єм", "ї")


def _neuter(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if stem[-1] not in "цщч":
        yield stem, ("е", "ого", "ому", "им", "ім")
    if stem[-1] in "лрщцчж":
        yield stem, ("е", "а", "у", "ем", "і", "я", "ю", "ям")


def _on_yi(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("ї", "їв", "ям", "ями", "ях", "й")


def _on_y(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("и", "ам", "ами", "ах", "ів", "")
    yield from _plural(stem)


def _on_i(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("і", "ям", "ями", "ях", "ам", "ами", "ах", "ів", "ей", "")
    yield stem, ("і", "их", "им", "ими", "іх", "іми")
    yield from _plural(stem)


def _plural(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The genitive without ending: Ромни - Ромен, Ямки - Ямок, Чернівці - Чернівець, Бороди - Борід."""
    if len(stem) > 2 and stem[-1] in _CONSONANTS and stem[-2] in _CONSONANTS + _SOFTENERS:
        root = stem[:-2] if stem[-2] in _SOFTENERS else stem[:-1]
        yield root + "о" + stem[-1], ("",)
        yield root + "е" + stem[-1], ("", "ь")
        yield root + "є" + stem[-1], ("", "ь")
    if stem[-1] == "ц" and len(stem) > 1:
        yield stem, ("ь",)
    yield from ((changed, ("", "ь")) for changed in _opened(stem))
    for vowel in "ое":
        place = max(stem.rfind(v) for v in _VOWELS)
        if place > 0 and stem[place] == vowel and place < len(stem) - 1:
            yield stem[:place] + "і" + stem[place + 1 :], ("",)


def _soft(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield stem, ("ь", "я", "ю", "ем", "еві", "і", "ьою", "ью")
    for changed in _opened(stem):
        yield changed, ("я", "ю", "ем", "еві", "і")
    if stem[-2:-1] in {"е", "о"} and len(stem) > 3:
        yield stem[:-2] + stem[-1], ("я", "ю", "ем", "еві", "і")
        yield stem[:-2] + "ь" + stem[-1], ("я", "ю", "ем", "еві", "і")
    if stem[-2:-1] == "є" and len(stem) > 3:
        yield stem[:-2] + "й" + stem[-1], ("я", "ю", "ем", "еві", "і")


def _on_short_i(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if stem.endswith("и"):
        yield stem[:-1], ("ий", "ого", "ому", "им", "ім")
        return
    if stem.endswith("і"):
        yield stem[:-1], ("ій", "ього", "ьому", "ім")
    yield stem, ("й", "я", "ю", "єм", "єві", "ї")
    for changed in _opened(stem):
        yield changed, ("я", "ю", "єм", "єві", "ї")


def _hard(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    endings = ["", "а", "у", "ом", "ові", "і"]
    if word[-1] in "жшчщцр":
        endings += ["ем", "еві"]
    if word[-1] == "р":
        endings += ["я", "ю"]
    if word[-1] in "вн":
        endings.append("им")
    yield word, tuple(endings)
    for changed in _opened(word):
        yield changed, tuple(endings[1:])
        if changed[-1] in _BEFORE_I:
            yield changed[:-1] + _BEFORE_I[changed[-1]], ("і",)
    if word[-1] in _BEFORE_I:
        yield word[:-1] + _BEFORE_I[word[-1]], ("і",)
    if word[-2:-1] in {"о", "е"} and len(word) > 3:
        before = word[-3]
        yield word[:-2] + word[-1], tuple(endings[1:])
        if before in "лнсцз":
            yield word[:-2] + "ь" + word[-1], tuple(endings[1:])
    if word[-2:-1] == "є" and len(word) > 3:
        yield word[:-2] + "й" + word[-1], tuple(endings[1:])


def _opened(stem: str) -> Iterator[str]:
    """The last syllable opened: Львів - Львова, Канів - Канева, Київ - Києва, Тернопіль - Тернополя."""
    place = max(stem.rfind(v) for v in _VOWELS)
    if place < 1:
        return
    if stem[place] == "і":
        yield f"{stem[:place]}о{stem[place + 1 :]}"
        yield f"{stem[:place]}е{stem[place + 1 :]}"
    elif stem[place] == "ї":
        yield f"{stem[:place]}є{stem[place + 1 :]}"


_BY_LAST = {
    "а": _feminine,
    "я": _on_ya,
    "о": _on_o,
    "е": _neuter,
    "є": _on_ye,
    "и": _on_y,
    "і": _on_i,
    "ї": _on_yi,
    "ь": _soft,
    "й": _on_short_i,
}
