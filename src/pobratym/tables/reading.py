"""Tables read within limits; what cannot be understood is named by row and column, never guessed.

    name = Column("name", ("Назва", "Name"), required=True)
    found = read(content, columns=[name, Column("mwh", ("МВт·год", "MWh"), read=number)])
    found.rows        # [Row(number=2, values={"name": "Калуш", "mwh": Decimal("412.5")}), …]
    found.problems    # [Problem(row=3, column="МВт·год", reason="Write a number, for example 412,5.")]

A row with a problem is not among the rows. The first row names the columns; others than the wanted ones are left out.
"""

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

from pobratym.files import office, plain
from pobratym.files.archives import open_container
from pobratym.files.choices import FileType
from pobratym.files.formulas import restored
from pobratym.files.markup import elements, local
from pobratym.files.refusals import Damaged, EmptyFile, FileRefused, TooLarge
from pobratym.tables.cells import number as written

ROWS, COLUMNS, CELL = 20_000, 100, 10_000
SEPARATORS = (";", ",", "\t")
# Office programs may put such a line before the head.
DIRECTIVE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
PLACE = re.compile(r"([A-Z]{0,3})([0-9]{1,7})")
NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
PARTS_OF_DAY = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    re.compile(r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>\d{4})"),
)


class NotATable(FileRefused):
    """Neither CSV nor XLSX, or in letters that are not known."""

    sentence = gettext_lazy("This is no table that can be read. Save it as XLSX or as CSV in UTF-8.")


class TooLong(FileRefused):
    """More rows, columns or text than is read at once."""

    status = 413
    sentence = gettext_lazy(
        "The table is too large: at most %(rows)s rows, %(columns)s columns and %(cell)s characters in a cell are "
        "read. Divide it."
    )

    def __init__(self) -> None:
        super().__init__(rows=ROWS, columns=COLUMNS, cell=CELL)


class Unreadable(Exception):
    """A cell that cannot be understood; its text says what to write."""


def text(cell: str) -> str:
    """The text as it stands, without spaces around it."""
    return cell.strip()


def number(cell: str) -> Decimal:
    """A number with a comma or a point; spaces between thousands are understood."""
    plain_ = re.sub(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))", "", cell.strip()).replace("−", "-")
    if not NUMBER.fullmatch(plain_):
        raise Unreadable(_("Write a number, for example 412,5."))
    try:
        return Decimal(plain_.replace(",", "."))
    except InvalidOperation as error:
        raise Unreadable(_("Write a number, for example 412,5.")) from error


def day(cell: str) -> dt.date:
    """A day as 2026-11-24 or 24.11.2026."""
    for shape in PARTS_OF_DAY:
        if match := shape.fullmatch(cell.strip()):
            try:
                return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
    raise Unreadable(_("Write a day, for example 24.11.2026."))


@dataclass(frozen=True, slots=True)
class Column:
    """A wanted column: its key, the titles it is known by (in either language), and how its cells are read."""

    key: str
    titles: tuple[str | Promise, ...]
    required: bool = False
    read: Callable[[str], Any] = text

    @property
    def title(self) -> str:
        """How problems name it."""
        return str(self.titles[0])


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be understood: the row as a spreadsheet numbers it, the column's title, what to do."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was understood; a cell that is empty is None."""

    number: int
    values: dict[str, Any]


@dataclass(slots=True)
class Read:
    """What was understood and what was not."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(content: bytes, *, columns: Sequence[Column]) -> Read:
    """Read a table of the wanted columns. Raises NotATable, TooLong or another FileRefused."""
    lines = enumerate(_lines(content), start=1)
    found = Read()
    head = next(((place, line) for place, line in lines if any(line)), None)
    if head is None:
        raise EmptyFile
    places = _places(head[0], head[1], columns, found)
    if found.problems:
        return found
    for place, line in lines:
        if any(cell.strip() for cell in line):
            _take(place, line, places, found)
    return found


def _places(place: int, head: list[str], columns: Sequence[Column], found: Read) -> dict[int, Column]:
    """Where the wanted columns stand."""
    titles = [_same(title) for title in head]
    places: dict[int, Column] = {}
    for column in columns:
        known = {_same(str(title)) for title in column.titles}
        at = [number_ for number_, title in enumerate(titles) if title in known]
        if len(at) > 1:
            found.problems.append(Problem(place, column.title, _("This column stands twice: leave one.")))
        elif at:
            places[at[0]] = column
        elif column.required:
            found.problems.append(Problem(place, column.title, _("This column is missing: add it with this title.")))
    return places


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()


def _take(place: int, line: list[str], places: dict[int, Column], found: Read) -> None:
    values: dict[str, Any] = {}
    problems = []
    for at, column in places.items():
        cell = line[at] if at < len(line) else ""
        if not cell.strip():
            values[column.key] = None
            if column.required:
                problems.append(Problem(place, column.title, _("Fill in this cell.")))
            continue
        try:
            values[column.key] = column.read(cell)
        except Unreadable as error:
            problems.append(Problem(place, column.title, str(error)))
    if problems:
        found.problems += problems
    else:
        found.rows.append(Row(place, values))


def _lines(content: bytes) -> Iterator[list[str]]:
    """All rows as text, from either kind of file, within the limits."""
    if not content:
        raise EmptyFile
    if len(content) > settings.FILE_UPLOAD_LIMIT:
        raise TooLarge
    lines = _of_workbook(content) if content.startswith(b"PK") else _of_text(content)
    for place, line in enumerate(lines, start=1):
        if place > ROWS + 1 or len(line) > COLUMNS or any(len(cell) > CELL for cell in line):
            raise TooLong
        yield line


def _of_text(content: bytes) -> Iterator[list[str]]:
    whole = plain.decoded(content)
    if whole is None:
        raise NotATable
    if directive := DIRECTIVE.match(whole):
        separator, whole = directive[1], whole[directive.end() :]
    else:
        separator = _separator_of(whole)
    try:
        for line in csv.reader(io.StringIO(whole, newline=""), delimiter=separator, strict=True):
            yield [restored(cell) for cell in line]
    except csv.Error as error:
        raise (TooLong if "limit" in str(error) else NotATable) from error


def _separator_of(whole: str) -> str:
    """The sign that divides the head into most cells; one column alone has none."""
    head = next(iter(whole.splitlines()), "")
    counts = {sign: len(next(csv.reader([head], delimiter=sign), [])) for sign in SEPARATORS}
    return max(counts, key=lambda sign: counts[sign])


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    """The first sheet; its formulas count by the value that was saved with them."""
    if office.kind_of(content) != FileType.XLSX:
        raise NotATable
    _refuse_wide_sheets(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheet = book.get_sheet_by_index(0)
            rows: Iterable[list[Any]] = sheet.to_python(skip_empty_area=False, nrows=ROWS + 2)
            for row in rows:
                yield [_text(cell) for cell in row]
    except CalamineError as error:
        raise Damaged from error


def _refuse_wide_sheets(content: bytes) -> None:
    """A single cell far away makes a sheet of millions of empty ones: places are looked at before it is laid out.

    A sheet may lie in any part of the container, so all are looked through.
    """
    container = open_container(content)
    for name in container.entries:
        if name.lower().endswith(".xml"):
            for element in elements(container.read(name)):
                _refuse_far_place(local(element.tag), element.get("r"))


def _refuse_far_place(tag: str, place: str | None) -> None:
    if place is None or tag not in {"c", "row"}:
        return
    match = PLACE.fullmatch(place)
    if match is None or bool(match[1]) != (tag == "c"):
        raise Damaged
    if int(match[2]) > ROWS + 1 or _column(match[1]) > COLUMNS:
        raise TooLong


def _column(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    result = 0
    for letter in letters:
        result = result * 26 + ord(letter) - ord("A") + 1
    return result


def _text(cell: Any) -> str:
    """A cell as text: numbers exactly as they were typed, days as 2026-11-24."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return written(Decimal(repr(cell))) if math.isfinite(cell) else ""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)
