"""A page that was copied whole: body, voices, tags, places, source, and other items' teasers told apart.

Made for pages of the portal «Децентралізація», whose copied text ends in "Теги: … Область: … Громади: … Джерело: …",
often glued together, and goes on with teasers of other items, each with its date.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

MONTHS = (
    "січня", "лютого", "березня", "квітня", "травня", "червня",
    "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DATE = re.compile(
    rf"(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})(?:\s*року)?"
    rf"|(?P<month_en>{'|'.join(MONTHS_EN)})\s+(?P<day_en>\d{{1,2}}),?\s+(?P<year_en>\d{{4}})"
    r"|\b(?P<day_n>\d{1,2})\.(?P<month_n>\d{2})\.(?P<year_n>\d{4})"
)
TIME_AND_VIEWS = re.compile(r"\s*[-–—,|]?\s*(?:\d{1,2}:\d{2})?\s*\|?\s*(?:(?:Переглядів|Views):?\s*\d+)?\s*")
LABELS = {
    "tags": r"Теги|Tags",
    "oblasts": r"Області|Область|Oblasts?|Regions?",
    "hromadas": r"Громади|Громада|Hromadas?|(?:Territorial )?[Cc]ommunit(?:y|ies)",
    "source": r"Джерело|Source",
}
# A label stands at the beginning of a line or right behind what it is glued to.
LABEL = re.compile("|".join(rf"(?P<{name}>(?:{words})\s*:)" for name, words in LABELS.items()))
AFTER_SOURCE = re.compile(
    r"Читайте також|Read (?:also|more)|Поділитис[ья]|Поширити|Share\b|Коментар|Comments?\b|Attached images|Прикріплені"
)
OBLAST = re.compile(
    r"[А-ЯЄІЇҐ][а-яєіїґ’'-]*(?:-[А-ЯЄІЇҐ][а-яєіїґ’'-]*)?\s+область|[А-Я][а-я]+ [Oo]blast|[A-Z][\w’'-]+ [Oo]blast"
)
HROMADA = re.compile(
    r"[А-ЯЄІЇҐ][^:,;\n]*?\s(?:територіальна\s+)?громада|[A-Z][\w’' -]*?\s(?:territorial\s+)?(?:community|hromada)"
)
QUOTATION = re.compile(
    r"[«“„](?P<text>[^«»“”„]{15,1000})[»”]\s*,?\s*[-–—]\s*"
    r"(?:(?:як|також|крім того)\s+)?(?P<verb>[а-яєіїґ’]{3,20})\s+(?P<who>[^.«»“”\n]{5,200}?)(?:[.\n]|$)"
)
VERB = re.compile(r"(?:в|ла|ли|ться|є|ить|же|ють|жуть)$")
SPEAKER = re.compile(
    r"(?P<office>.*?)[,\s]*(?P<speaker>[А-ЯЄІЇҐ][а-яєіїґ’-]+(?:\s+[А-ЯЄІЇҐ][а-яєіїґ’-]+){1,2})$", re.DOTALL
)
LONGEST_TITLE, LONGEST_LEAD = 200, 300


@dataclass(frozen=True, slots=True)
class Voice:
    """Words of a person as the page quotes them."""

    text: str
    speaker: str
    office: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another item that the page only points to."""

    dated_on: dt.date | None
    title: str


@dataclass(slots=True)
class Reprint:
    """What a copied page holds; `oblasts` and `hromadas` are the names that its editors set."""

    title: str = ""
    lead: str = ""
    paragraphs: list[str] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    oblasts: list[str] = field(default_factory=list)
    hromadas: list[str] = field(default_factory=list)
    source: str = ""
    dated_on: dt.date | None = None
    teasers: list[Teaser] = field(default_factory=list)
    has_labels: bool = False


def read(page: str) -> Reprint:
    """Take the copied text of a page apart; nothing in it is taken for granted."""
    text = page.replace("\r\n", "\n").replace("\u00a0", " ").replace("\0", "")
    made = Reprint()
    body, values, rest = _parts(text)
    made.has_labels = bool(values)
    made.tags = _tags(values.get("tags", ""))
    made.oblasts = _each(OBLAST, values.get("oblasts", ""))
    made.hromadas = _each(HROMADA, values.get("hromadas", ""))
    made.source = values.get("source", "")
    made.teasers = _teasers(rest)
    _read_body(made, body)
    return made


def _parts(text: str) -> tuple[str, dict[str, str], str]:
    """The body before the labels, the labels' values, and what follows the source."""
    found = [match for match in LABEL.finditer(text) if _is_label(text, match)]
    # The labels stand together at the end of an item: the last run of them that begins with another than the source.
    if not any(match.lastgroup in {"oblasts", "hromadas", "tags"} for match in found):
        found = [match for match in found if match.lastgroup == "source"][-1:]
    values: dict[str, str] = {}
    rest = ""
    for number, match in enumerate(found):
        is_last = number + 1 == len(found) or match.lastgroup == "source"
        value = text[match.end() : len(text) if is_last else found[number + 1].start()]
        if is_last:
            value, rest = _cut(value)
        values.setdefault(match.lastgroup or "", " ".join(value.split()))
        if is_last:
            break
    return text[: found[0].start()] if found else text, values, rest


def _is_label(text: str, match: re.Match[str]) -> bool:
    """“Джерело:” in the middle of a sentence is a word, not a label."""
    before = text[max(0, match.start() - 1) : match.start()]
    return not before or before in '\n»")”]:' or before.isalpha() or text[: match.start()].rstrip(" ").endswith("\n")


def _cut(value: str) -> tuple[str, str]:
    """The last label's value ends with its line, or where the page's own furniture or a date begins."""
    line, _newline, rest = value.lstrip("\n ").partition("\n")
    ends = [match.start() for match in (AFTER_SOURCE.search(line), DATE.search(line)) if match]
    if ends:
        return line[: min(ends)], line[min(ends) :] + "\n" + rest
    return line, rest


def _tags(text: str) -> list[str]:
    return [tag for part in re.split(r"[,;•|]", text) if (tag := " ".join(part.split()))][:20]


def _each(pattern: re.Pattern[str], text: str) -> list[str]:
    """Names that may be glued together, each once."""
    return list(dict.fromkeys(" ".join(name.split()) for name in pattern.findall(text)))


def day_of(match: re.Match[str]) -> dt.date | None:
    """The day that a date in words or digits names; None for the 31st of February."""
    if match["day"]:
        parts = int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"])
    elif match["day_en"]:
        parts = int(match["year_en"]), MONTHS_EN.index(match["month_en"]) + 1, int(match["day_en"])
    else:
        parts = int(match["year_n"]), int(match["month_n"]), int(match["day_n"])
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _teasers(text: str) -> list[Teaser]:
    """Each date begins a teaser: a cut title, the full title, a line or two."""
    dates = list(DATE.finditer(text))
    found = []
    for date, following in zip(dates, [*dates[1:], None], strict=False):
        chunk = text[date.end() : following.start() if following else len(text)]
        chunk = TIME_AND_VIEWS.sub("", chunk, count=1) if TIME_AND_VIEWS.match(chunk) else chunk
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        whole = [line for line in lines if not line.endswith(("…", "..."))]
        if lines:
            found.append(Teaser(day_of(date), (whole or lines)[0][:LONGEST_TITLE]))
    return found


def _read_body(made: Reprint, body: str) -> None:
    lines = [" ".join(line.split()) for line in body.split("\n")]
    lines = [line for line in lines if line]
    kept: list[str] = []
    for line in lines:
        date = DATE.match(line)
        if date and made.dated_on is None and TIME_AND_VIEWS.fullmatch(line, date.end()):
            made.dated_on = day_of(date)
        else:
            kept.append(line)
    if kept and len(kept[0]) <= LONGEST_TITLE and not kept[0].endswith((".", ";", ",", ":")) and len(kept) > 1:
        made.title = kept.pop(0)
        kept = [line for line in kept if line != made.title]
    for line in kept:
        voices, left = _voices(line)
        made.voices += voices
        if left or not voices:
            made.paragraphs.append(line)
    said = made.paragraphs or [voice.text for voice in made.voices]
    made.lead = _first_sentences(said[0]) if said else ""
    made.title = made.title or _first_sentences(made.lead, LONGEST_TITLE).rstrip(".")


def _voices(line: str) -> tuple[list[Voice], str]:
    """The quotations of a paragraph, and what is left of it without them."""
    voices: list[Voice] = []
    left, end = [], 0
    for match in QUOTATION.finditer(line):
        who = SPEAKER.fullmatch(match["who"].strip())
        if who is None or not VERB.search(match["verb"]):
            continue
        left.append(line[end : match.start()])
        end = match.end()
        voices.append(Voice(match["text"].strip().rstrip(","), who["speaker"], who["office"].strip(" ,")))
    left.append(line[end:])
    return voices, "".join(left).strip(" .,–—-")


def _first_sentences(text: str, limit: int = LONGEST_LEAD) -> str:
    """As many whole sentences as fit; a first one that does not is cut at a word."""
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    if end > limit // 4:
        return cut[: end + 1]
    return cut[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
