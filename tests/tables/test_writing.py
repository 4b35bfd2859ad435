"""No cell is ever run as a formula, and what was written is read again exactly."""

import csv as commas
import datetime as dt
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pobratym.files.formulas import neutralised, restored, runs
from pobratym.tables import reading, writing
from pobratym.tables.cells import ENGLISH, UKRAINIAN, cut, dialect_of, number
from pobratym.tables.reading import Column

AT = dt.datetime(2024, 2, 20, 12, tzinfo=dt.UTC)
# OWASP's list, with the forms that other programs and settings read in the same way.
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    '=HYPERLINK("http://example.org";"x")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠x",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    '"=1+1',
    "'=1+1",
    "''=1+1",
]
INSIDE = ["Калуш;=1+1", "Калуш,=1+1", "Калуш\t=1+1", "Калуш\n=1+1", 'x";"=1+1', "a;'=1", "a, @x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_gets_an_apostrophe(text):
    safe = neutralised(text)

    assert safe.startswith("'")
    assert safe.replace("'", "") == text.replace("'", "")
    assert not runs(safe)
    assert restored(safe) == text


@pytest.mark.parametrize("text", INSIDE)
def test_formula_after_a_separator_inside_gets_one_too(text):
    """Another program may divide the row there."""
    safe = neutralised(text)

    assert safe != text
    assert restored(safe) == text
    for sign in ";,\t\n":
        assert not [part for part in safe.split(sign) if runs(part.strip('"'))], safe


@pytest.mark.parametrize(
    "text", ["Калуш", "", "-5", "+380441234567", "-12,5", "1e-5", "-5%", "a=b", "5-3", "e@mail.org", "'так", "п’ять"]
)
def test_what_is_no_formula_stays_as_it_is(text):
    assert neutralised(text) == text
    assert restored(text) == text


letters = st.text(st.sampled_from("=+-@＝＋－＠'\"\t\r\n ;,\u00a0\u200b\ufeffаїґ1.5%e"), max_size=12)


@given(letters | st.text(max_size=20))
def test_text_comes_back_exactly(text):
    assert restored(neutralised(text)) == text
    assert not runs(neutralised(text))


@given(st.lists(letters, min_size=1, max_size=4), st.sampled_from([UKRAINIAN, ENGLISH]))
def test_row_comes_back_exactly_from_csv(cells, dialect):
    content = writing.csv(["a"] * len(cells), [cells], dialect=dialect)

    lines = list(commas.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=dialect.separator))

    assert (
        [restored(cell) for cell in lines[1]] == cells if any(cells) or len(cells) > 1 else lines[1:] in ([[""]], [[]])
    )
    assert not [cell for line in lines for cell in line if runs(cell)]


# What XML can hold; the rest is tried by hand below.
sheet_text = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=15)


@given(st.lists(sheet_text | st.sampled_from([text for text in FORMULAS if "\0" not in text]), min_size=1, max_size=4))
def test_row_comes_back_exactly_from_a_workbook(cells):
    content = writing.xlsx(["a"] * len(cells), [cells], sheet="Аркуш", at=AT)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)

    assert [str(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in [*rows[1:], [""] * len(cells)][0]] == [
        cell.replace("\r", "\n") for cell in cells
    ]


def test_workbook_holds_no_formula_and_no_link():
    content = writing.xlsx(
        ["=x", "b"], [["=1+1", "https://example.org/"], ["+5", "5"]], sheet="a[b]:c*" + "d" * 40, at=AT
    )

    container = reading.open_container(content)
    sheet = container.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in container
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == ["a b  c " + "d" * 24]
    assert reading.office.kind_of(content) == reading.FileType.XLSX


def test_same_table_is_the_same_file():
    made = [writing.xlsx(["a"], [["б"]], sheet="в", at=AT) for _ in range(2)]

    assert made[0] == made[1]


def test_kinds_of_cells_are_what_they_are():
    row = [Decimal("-412.50"), -5, dt.date(2024, 2, 20), True, None, "007", "2024", dt.date(1850, 1, 1)]
    columns = list("abcdefgh")

    assert (
        writing.csv(columns, [row]).decode("utf-8-sig").splitlines()[1] == "-412,5;-5;2024-02-20;1;;007;2024;1850-01-01"
    )
    assert writing.csv(columns, [row], dialect=ENGLISH).decode("utf-8-sig").splitlines()[1].startswith("-412.5,-5,")
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(writing.xlsx(columns, [row], sheet="x", at=AT))
    ).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [-412.5, -5.0, dt.date(2024, 2, 20), 1.0, "", "007", "2024", "1850-01-01"]


def test_text_longer_than_a_cell_is_cut_visibly():
    assert (len(cut("a" * 40_000)), cut("a" * 40_000)[-1], cut("a" * 32_767)) == (32_767, "…", "a" * 32_767)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (Decimal("0.00"), "0"), (Decimal("1E+3"), "1000"), (Decimal(100), "100")]
)
def test_numbers_are_plain(value, text):
    assert number(value) == text
    assert dialect_of("en") == ENGLISH
    assert dialect_of("uk") == UKRAINIAN


def opened_by_office(path: Path) -> str:
    """The table as an office program keeps it after opening, in one file of XML."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    # A table of text: split at ";", quoted by '"', UTF-8 from the first line, Ukrainian.
    reader = ["--infilter=CSV:59,34,76,1,,1058,false,false,false"] if path.suffix == ".csv" else []
    subprocess.run(
        [office, f"-env:UserInstallation=file://{path.parent}/profile", "--headless", *reader,
         "--convert-to", "fods", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return path.with_suffix(".fods").read_text(encoding="utf-8")


@pytest.mark.calc
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_office_program_computes_nothing(tmp_path: Path, kind: str):
    """A sheet as an office program keeps it names every formula as such: there is none."""
    # XML holds no NUL, and a file of text with one is no text to the program.
    rows = [[text, "Ґрунт, єдність, їжак"] for text in [*FORMULAS, *INSIDE] if "\0" not in text]
    path = tmp_path / f"table.{kind}"
    if kind == "xlsx":
        path.write_bytes(writing.xlsx(["Клітинка", "Слова"], rows, sheet="Перевірка", at=AT))
    else:
        path.write_bytes(writing.csv(["Клітинка", "Слова"], rows))

    flat = opened_by_office(path)

    assert "table:formula" not in flat
    assert flat.count("Ґрунт, єдність, їжак") == len(rows)
    assert "1+1" in flat
    assert 'office:value="2"' not in flat


@pytest.mark.calc
def test_office_program_would_compute_what_is_not_made_safe(tmp_path: Path):
    """The test above can fail: the same cell written plainly is a formula to the same program."""
    path = tmp_path / "table.csv"
    path.write_text("Клітинка\n=1+1\n", encoding="utf-8-sig")

    assert "table:formula" in opened_by_office(path)


def test_written_table_is_read_by_our_reader():
    columns = [Column("name", ("Назва",)), Column("amount", ("Обсяг",), read=reading.number)]
    rows = [["=1+1", Decimal("-5.5")], ["Калуш; '=2", 7]]

    for content in (
        writing.csv(["Назва", "Обсяг"], rows),
        writing.csv(["Назва", "Обсяг"], rows, dialect=ENGLISH),
        writing.xlsx(["Назва", "Обсяг"], rows, sheet="x", at=AT),
    ):
        found = reading.read(content, columns=columns)
        assert [(row.values["name"], row.values["amount"]) for row in found.rows] == [
            ("=1+1", Decimal("-5.5")),
            ("Калуш; '=2", Decimal(7)),
        ]
        assert found.problems == []
