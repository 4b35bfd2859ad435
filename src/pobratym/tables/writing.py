"""Tables written so that no cell is ever run as a formula, whichever program opens them."""

import csv as commas
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter

from pobratym.files.formulas import neutralised
from pobratym.tables.cells import UKRAINIAN, Cell, Dialect, cut, number

# Every text stays text: neither "=…" nor an address nor digits are turned into something else.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
UNFIT_FOR_A_SHEET = re.compile(r"[\[\]:*?/\\']")
WIDEST = 60
# Programs count days from the end of 1899 and misread the first of them; an earlier day is written as text.
FIRST_DAY = dt.date(1900, 3, 1)


def csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, dialect: Dialect = UKRAINIAN) -> bytes:
    """CSV in UTF-8 with its mark, so that office programs read Ukrainian; text is made harmless, numbers stay."""
    out = io.StringIO(newline="")
    writer = commas.writer(out, delimiter=dialect.separator, quoting=commas.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([neutralised(title) for title in columns])
    for row in rows:
        writer.writerow([_text(cell, dialect) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, (int, Decimal)):
        return number(cell, dialect.decimal)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return neutralised(cut(cell))


def xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str, at: dt.datetime) -> bytes:
    """A workbook with one sheet: the head stands still, text is text, numbers and days are what they are."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"created": at.astimezone(dt.UTC).replace(tzinfo=None), "author": "Pobratym"})
        page = book.add_worksheet(UNFIT_FOR_A_SHEET.sub(" ", sheet).strip()[:31] or None)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
        widths = [_width(title) for title in columns]
        for place, title in enumerate(columns):
            page.write_string(0, place, cut(title), head)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(page, (line, place), cell, body, day)
                widths[place] = max(widths[place], _width(cell))
        for place, width in enumerate(widths):
            page.set_column(place, place, min(width, WIDEST))
        page.freeze_panes(1, 0)
    return out.getvalue()


def _write(
    page: "xlsxwriter.worksheet.Worksheet",
    where: tuple[int, int],
    cell: Cell,
    body: "xlsxwriter.format.Format",
    day: "xlsxwriter.format.Format",
) -> None:
    """Each kind by its own call: the general one guesses."""
    if cell is None or cell == "":
        return
    if isinstance(cell, (bool, int, Decimal)):
        page.write_number(*where, float(cell), body)
    elif isinstance(cell, dt.date) and dt.date(cell.year, cell.month, cell.day) >= FIRST_DAY:
        page.write_datetime(*where, dt.datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001  # a day
    else:
        page.write_string(*where, cut(cell.isoformat() if isinstance(cell, dt.date) else cell), body)


def _width(cell: Cell) -> int:
    return max(len(line) for line in str(cell).split("\n")) + 2
