"""Reading a text once: names with the words beside them, before it is settled which unit is meant."""

import re
import unicodedata
from dataclasses import dataclass

from hromadkit.places import _given_names as given
from hromadkit.places import _heads as heads
from hromadkit.places._heads import Head
from hromadkit.places._index import HROMADA, OBLAST, RAION, REGION, Bearer, Index, Name
from hromadkit.places._latin import latin_key

UPPER = "А-ЩЬЮЯЄІЇҐ"
LOWER = "а-щьюяєіїґ"
_UKRAINIAN = rf"[{UPPER}][{UPPER}{LOWER}’]*(?:-[{UPPER}{LOWER}][{UPPER}{LOWER}’]*)*"
_WORD_UK = re.compile(_UKRAINIAN)
_MOSTLY = 0.4
_WORD = re.compile(
    rf"{_UKRAINIAN}"
    r"|[A-ZÀ-Ž][A-Za-zÀ-ž’]*(?:-[A-Za-zÀ-ž][A-Za-zÀ-ž’]*)*"
)
_NEXT_WORD = re.compile(rf"[\s\u00a0]+([{UPPER}{LOWER}][{UPPER}{LOWER}’-]*|[A-Za-z][A-Za-z’-]*)")
_NEXT_NAME = re.compile(rf" ([{UPPER}][{LOWER}’-]+|[A-Z][a-z’-]+)")
_ADJECTIVE = re.compile(r"(?:ськ|цьк|зьк)(?:ий|ого|ому|им|ім|а|ої|ій|у|ою|е|і|их|ими)$")
_ADJECTIVE_EN = re.compile(r"(?:sk|tsk)(?:a|yi|yy|y|oi|iy|i)$")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…»”:;\n]\s*|[—–]\s+)$")
_LOOK_BACK = 48


_ALIKE = str.maketrans("ABCEHIKMOPTXaceiopxyï", "АВСЕНІКМОРТХасеіорхуї")
_APOSTROPHES = str.maketrans(dict.fromkeys("`´ʹʼʻ′‘‛＇", "’") | dict.fromkeys("‐‑", "-"))
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0300-\u036f"
_RARE = re.compile(rf"[`´ʹʼʻ′‘‛＇‐‑{_UNSEEN}]")
_ODD = re.compile(f"[{_UNSEEN}]")
_BESIDE = re.compile(rf"[A-Za-zï][{UPPER}{LOWER}]|[{UPPER}{LOWER}][A-Za-zï]")
_MIXED = re.compile(rf"\b(?=[A-Za-zï’-]*[{UPPER}{LOWER}])(?=[{UPPER}{LOWER}’-]*[A-Za-zï])[A-Za-zï{UPPER}{LOWER}’-]+")


def plain(text: str) -> tuple[str, list[int] | None]:
    """Return the text as it is searched, and where each of its signs stood (None: each at its own place).

    Apostrophes become one, signs that nobody sees and stress marks go, Latin letters in a Ukrainian word turn.
    """
    even = text.replace("'", "’")
    places: list[int] | None = None
    if _RARE.search(even):
        even = even.translate(_APOSTROPHES)
        if _ODD.search(even):
            even, places = _without_odd(even)
    if _BESIDE.search(even):
        even = _MIXED.sub(lambda found: found[0].translate(_ALIKE), even)
    return even, places


def _without_odd(text: str) -> tuple[str, list[int]]:
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if not _ODD.match(sign):
            signs.append(sign)
            places.append(place)
        elif signs and unicodedata.combining(sign):
            joined = unicodedata.normalize("NFC", signs[-1] + sign)
            # й and ї come apart in some files.
            if joined in {"й", "ї", "Й", "Ї"}:
                signs[-1] = joined
    places.append(len(text))
    return "".join(signs), places


@dataclass(slots=True)
class Read:
    """A name as it stands: ``place`` counts in the plain text."""

    start: int
    end: int
    names: tuple[Name, ...]
    head: Head
    is_adjective: bool
    is_latin: bool
    # u, s or r where the text tells the kind of council.
    council: str = ""
    listed: int = 1

    def of(self, role: str) -> list[Bearer]:
        """The units that the name can mean in this role."""
        return [bearer for name in self.names if name.role == role for bearer in name.bearers]


_BY_GROUP = {
    "community": Head.COMMUNITY,
    "military": Head.COMMUNITY,
    "council": Head.COUNCIL,
    "joined": Head.COUNCIL,
    "leader": Head.LEADER,
    "oblast": Head.OBLAST,
    "office": Head.OFFICE,
    "raion": Head.RAION,
    "centre": Head.CENTRE_OF,
    "settlement": Head.SETTLEMENT,
    "place": Head.PLACE,
    "street": Head.OTHER,
    "starosta": Head.OTHER,
    "other": Head.OTHER,
}
_ADJECTIVES = frozenset({HROMADA, OBLAST, RAION})


class Reader:
    """One text being read."""

    def __init__(self, text: str, index: Index) -> None:
        self.text = text
        self.index = index
        self.found: list[Read] = []

    def run(self) -> list[Read]:
        """Return the names in their order."""
        place, previous, previous_end = 0, "", -2
        text = self.text
        # A Ukrainian text's Latin words are acronyms and names of programmes. Every letter of ours takes two bytes.
        is_ukrainian = len(text.encode(errors="replace")) - len(text) > _MOSTLY * len(text)
        for word in (_WORD_UK if is_ukrainian else _WORD).finditer(text):
            start, stop = word.span()
            if start < place:
                # Part of a longer name.
                continue
            token, place = word[0], stop
            before = previous if start == previous_end + 1 and text[previous_end] == " " else ""
            read = self._latin if token[0] <= "ž" else self._ukrainian
            previous, previous_end = token, place
            place = max(place, read(token, start, place, before))
        self._share_heads()
        return self.found

    def _ukrainian(self, token: str, start: int, end: int, before: str) -> int:
        small = token.lower()
        names = self.index.names(small)
        looks_adjective = _ADJECTIVE.search(small) is not None
        if not names and not looks_adjective:
            return end
        names, end = self._longest(names, end)
        adjectives = tuple(name for name in names if name.role in _ADJECTIVES)
        if (adjectives or looks_adjective) and self._adjective(adjectives, names, start, end):
            return end
        nouns = tuple(name for name in names if name.role not in _ADJECTIVES)
        if nouns:
            self._noun(nouns, start, end, before)
        return end

    def _longest(self, names: tuple[Name, ...], end: int) -> tuple[tuple[Name, ...], int]:
        """The longest name wins: Нова Каховка before Нова."""
        best, stop = tuple(name for name in names if not name.more), end
        for name in names:
            if name.more and (reached := self._rest(name, end)) >= stop and reached > end:
                best = (*best, name) if reached == stop else (name,)
                stop = reached
        return best, stop

    def _rest(self, name: Name, end: int) -> int:
        for paradigm in name.more:
            word = _NEXT_WORD.match(self.text, end)
            if not word or not self.index.fits(paradigm, word[1].lower()):
                return 0
            end = word.end()
        return end

    def _adjective(self, names: tuple[Name, ...], every: tuple[Name, ...], start: int, end: int) -> bool:
        """Note an adjective; False if it stands without a head and can be a settlement's own name."""
        if self.text[start:end].isupper() and end - start > 1:
            # A headline in capitals: its other words are capitals too.
            after = heads.AFTER.match(self.text[end : end + _LOOK_BACK].lower())
        else:
            after = heads.AFTER.match(self.text, end)
        head, council = Head.NONE, ""
        if after:
            group = after.lastgroup or "other"
            council = heads.COUNCIL_OF[after["kind"]] if after["kind"] else ""
            if group == "joined":
                council = heads.COUNCIL_OF[re.split("рад|виконком", after["joined"])[0]]
            head = _BY_GROUP[group]
            if group == "military" and not council:
                head = Head.OBLAST if any(name.role == OBLAST for name in names) else Head.OTHER
        if head in {Head.NONE, Head.OTHER} and len(every) > len(names):
            return False
        self.found.append(Read(start, end, names, head, is_adjective=True, is_latin=False, council=council))
        return True

    def _noun(self, names: tuple[Name, ...], start: int, end: int, before: str) -> None:
        left = self.text[max(0, start - _LOOK_BACK) : start]
        beside = heads.BEFORE_NOUN.search(left)
        head = _BY_GROUP[beside.lastgroup or "other"] if beside else Head.NONE
        if head in {Head.NONE, Head.PLACE, Head.LEADER} and self._is_person(start, end, before, head):
            return
        if head is Head.NONE and not self._stands_alone(names, left):
            return
        self.found.append(Read(start, end, names, head, is_adjective=False, is_latin=False))

    def _is_person(self, start: int, end: int, before: str, head: Head) -> bool:
        if before.lower() in given.UKRAINIAN:
            return True
        if self.text[start:end].lower() in given.UKRAINIAN:
            return head is not Head.PLACE or _NEXT_NAME.match(self.text, end) is not None
        return False

    def _stands_alone(self, names: tuple[Name, ...], left: str) -> bool:
        """Whether a bare name is one: a centre or a town is; a village's name alone may be any word."""
        if any(name.role == REGION or name.more for name in names):
            return True
        notable = any(bearer.is_centre or bearer.kind == "c" for name in names for bearer in name.bearers)
        begins = _SENTENCE_BEGINS.search(left) is not None
        return notable and not (begins and not any(bearer.kind == "c" for name in names for bearer in name.bearers))

    def _latin(self, token: str, start: int, end: int, before: str) -> int:
        base = token.removesuffix("’s")
        rows = self.index.latin.get(latin_key(base), ())
        first = stop = start + len(base)
        names: list[Name] = []
        for name, more in rows:
            reached = self._rest_latin(more, first) if more else first
            if reached > stop:
                names, stop = [name], reached
            elif reached == stop and (not more or names):
                names.append(name)
        looks_adjective = _ADJECTIVE_EN.search(base) is not None
        if not names and not looks_adjective:
            return end
        after = heads.AFTER_EN.match(self.text, stop)
        group = (after.lastgroup or "other") if after else ""
        head = _BY_GROUP.get("council" if group == "kind2" else group, Head.NONE)
        council = ""
        if after:
            kind = (after["kind"] or after["kind2"] or "").lower()
            council = heads.COUNCIL_OF.get(kind, "")
        if head is Head.NONE:
            left = heads.BEFORE_EN.search(self.text[max(0, start - _LOOK_BACK) : start])
            head = _BY_GROUP[left.lastgroup or "other"] if left else Head.NONE
        if before.lower() in given.LATIN and head in {Head.NONE, Head.PLACE}:
            return stop
        self.found.append(
            Read(start, stop, tuple(names), head, is_adjective=looks_adjective, is_latin=True, council=council)
        )
        return max(end, stop)

    def _rest_latin(self, more: tuple[str, ...], end: int) -> int:
        for key in more:
            word = _NEXT_WORD.match(self.text, end)
            if not word or latin_key(word[1]) != key:
                return 0
            end = word.end()
        return end

    def _share_heads(self) -> None:
        """Names in a list share a head: the last one's, or the word before the list."""
        found = self.found
        stop = len(found)
        while stop > 0:
            begin = stop - 1
            while begin > 0 and self._joined(found[begin - 1], found[begin]):
                begin -= 1
            if stop - begin > 1 or found[begin].head is Head.NONE:
                self._share(found[begin:stop])
            stop = begin

    def _joined(self, left: Read, right: Read) -> bool:
        if left.is_latin is not right.is_latin:
            return False
        gap = self.text[left.end : right.start]
        if len(gap) > _LOOK_BACK:
            return False
        if left.is_latin:
            return heads.JOINT_EN.fullmatch(gap) is not None
        return left.is_adjective and right.is_adjective and heads.JOINT.fullmatch(gap) is not None

    def _share(self, members: list[Read]) -> None:
        first, last = members[0], members[-1]
        head, council = last.head, last.council
        if head in {Head.NONE, Head.OTHER, Head.PLACE}:
            left = self.text[max(0, first.start - _LOOK_BACK) : first.start]
            pattern = heads.BEFORE_LIST_EN if first.is_latin else heads.BEFORE_LIST
            if beside := pattern.search(left):
                head = _BY_GROUP[beside.lastgroup or "other"]
        for number, member in enumerate(members):
            member.listed = max(member.listed, len(members))
            if number + 1 < len(members) and member.head in {Head.NONE, Head.OTHER}:
                if own := heads.KIND_BEFORE_JOINT.match(self.text, member.end):
                    member.council = heads.COUNCIL_OF[own[1]]
                else:
                    member.council = council
            if member.head in {Head.NONE, Head.OTHER, Head.PLACE} and member.is_adjective | member.is_latin:
                member.head = head
