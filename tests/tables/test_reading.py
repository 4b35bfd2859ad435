"""Tables read within limits; what cannot be understood is named by row and column."""

import datetime as dt
import io
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pobratym.files import refusals
from pobratym.tables import reading
from pobratym.tables.reading import Column, Problem, day, number, read
from pobratym.vocabulary.refusals import Refusal
from tests.files import made

NAME = Column("name", ("Назва", "Name"), required=True)
AMOUNT = Column("mwh", ("МВт·год", "MWh"), read=number)
SINCE = Column("since", ("Від", "Since"), read=day)
ALL = [NAME, AMOUNT, SINCE]


def rows_of(found: reading.Read) -> list[tuple]:
    return [(row.number, *row.values.values()) for row in found.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_usual_way_to_write_a_table_is_read(encoding, separator, end):
    lines = [
        ["Назва", "Зайве", "МВт·год", "Від"],
        ["Калуш", "x", '"412,5"', "2024-02-20"],
        ["", "", "", ""],
        ["Запоріжжя", "y", "-38", "01.03.2024"],
    ]
    content = end.join(separator.join(line) for line in lines).encode(encoding)

    found = read(content, columns=ALL)

    assert rows_of(found) == [
        (2, "Калуш", Decimal("412.5"), dt.date(2024, 2, 20)),
        (4, "Запоріжжя", Decimal(-38), dt.date(2024, 3, 1)),
    ]
    assert found.problems == []


def workbook(rows: list[list], *, formula: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(
                        place,
                        at,
                        dt.datetime(cell.year, cell.month, cell.day),  # noqa: DTZ001  # a day
                        book.add_format({"num_format": "dd.mm.yyyy"}),
                    )
                else:
                    sheet.write(place, at, cell)
        if formula:
            sheet.write_formula(1, 1, "=1+1", None, 2)
    return out.getvalue()


def test_workbook_is_read_with_numbers_and_days_as_typed():
    content = workbook(
        [["name", "MWh", "Since"], ["Калуш", 412.5, dt.date(2024, 2, 20)], ["Запоріжжя", 38, "1.3.2024"]]
    )

    assert rows_of(read(content, columns=ALL)) == [
        (2, "Калуш", Decimal("412.5"), dt.date(2024, 2, 20)),
        (3, "Запоріжжя", Decimal(38), dt.date(2024, 3, 1)),
    ]


def test_formula_counts_by_the_value_saved_with_it():
    found = read(workbook([["Назва", "МВт·год"], ["Калуш", ""]], formula=True), columns=[NAME, AMOUNT])

    assert rows_of(found) == [(2, "Калуш", Decimal(2))]


def test_what_cannot_be_understood_is_named():
    content = "Назва;МВт·год;Від\nКалуш;багато;2024-02-30\n;5;\nЗапоріжжя;7;\n".encode()

    found = read(content, columns=ALL)

    assert rows_of(found) == [(4, "Запоріжжя", Decimal(7), None)]
    assert found.problems == [
        Problem(2, "МВт·год", "Напишіть число, наприклад 412,5."),
        Problem(2, "Від", "Напишіть день, наприклад 24.11.2026."),
        Problem(3, "Назва", "Заповніть цю клітинку."),
    ]


def test_head_without_a_wanted_column_or_with_one_twice_is_named():
    found = read("МВт·год;MWh\n1;2\n".encode(), columns=ALL)

    assert found.rows == []
    assert [(problem.row, problem.column) for problem in found.problems] == [(1, "Назва"), (1, "МВт·год")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("412,5", "412.5"),
        ("412.5", "412.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("1 234 567,89", "1234567.89"),
        ("12\u00a0000", "12000"),
        (" 7 ", "7"),
    ],
)
def test_number_is_understood(cell, value):
    assert number(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["", "1,2,3", "1e5", "NaN", "Infinity", "12 34", "0x1", "١", "5 МВт"])
def test_what_is_no_number_is_not_guessed(cell):
    with pytest.raises(reading.Unreadable):
        number(cell)


@pytest.mark.parametrize("cell", ["", "20.02", "2024-13-01", "30.02.2024", "02/20/2024", "45342"])
def test_what_is_no_day_is_not_guessed(cell):
    with pytest.raises(reading.Unreadable):
        day(cell)


def far_cell(place: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    cell = f'<c r="{place}" t="inlineStr"><is><t>x</t></is></c>'
    sheet = f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    return made.excel({part: sheet})


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.EmptyFile),
        (b"\n\n;;\n", refusals.EmptyFile),
        (b"\x00\x01", reading.NotATable),
        ("Назва;x\n".encode("utf-16"), reading.NotATable),
        ("Назва\nКалуш".encode("koi8-u"), reading.NotATable),
        ('Назва;x\n"a;b\n'.encode(), reading.NotATable),
        (made.real_docx(), reading.NotATable),
        (made.excel({"xl/vbaProject.bin": b"x"}), refusals.Macros),
        (made.excel(), refusals.Damaged),
        (b"PK\x03\x04", refusals.Damaged),
        (far_cell("XFD1048576"), reading.TooLong),
        (far_cell("A20002"), reading.TooLong),
        (far_cell("CW1"), reading.TooLong),
        (far_cell("XFD1048576", "xl/elsewhere/s.xml"), reading.TooLong),
        (far_cell("xfd1048576"), refusals.Damaged),
        (("Назва\n" + "x\n" * 20_001).encode(), reading.TooLong),
        (("Назва" + ";x" * 100 + "\n").encode(), reading.TooLong),
        (("Назва\n" + "x" * 10_001 + "\n").encode(), reading.TooLong),
        (("Назва\n" + "x" * 200_000 + "\n").encode(), reading.TooLong),
    ],
)
def test_what_is_no_table_or_too_large_is_refused(content, refusal):
    with pytest.raises(refusal):
        read(content, columns=[NAME])


def test_table_at_the_limits_is_read():
    content = ("Назва" + ";x" * 99 + "\n" + ("ж" * 10_000 + "\n") + "x\n" * 19_999).encode()

    assert len(read(content, columns=[NAME]).rows) == 20_000


def test_larger_file_than_is_kept_is_not_read(settings):
    settings.FILE_UPLOAD_LIMIT = 10

    with pytest.raises(refusals.TooLarge):
        read("Назва\nКалуш\n".encode(), columns=[NAME])


def test_separator_named_by_the_first_line_counts():
    assert rows_of(read("sep=|\nНазва|x\na;b|c\n".encode(), columns=[NAME])) == [(2, "a;b")]


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_whatever_arrives_is_read_or_refused(content):
    try:
        read(content, columns=ALL)
    except Refusal:
        return
