"""A paper as DOCX: what stands in it, an operator's own template, and that an office program opens it."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from pobratym.documents import operations
from pobratym.documents.operations import Signature, render_docx

SECTIONS = [
    ("Предмет", ["Ґрунт, єдність, їжак, {{ title }} {% endfor %} і <b>не розмітка</b> & «лапки».", "Другий абзац."]),
    ("Строк", ["Безстроково."]),
]
SIGNATURES = [
    Signature("Калуська міська рада", "міський голова", "Калуш, голова"),
    Signature("Запорізька міська рада", "секретар міської ради"),
    Signature("Третя рада"),
]
FOOTER = "http://example.org/agreements/1/ · 20.02.2024 · SHA-256 abc"


def rendered(**changes) -> bytes:
    values = {
        "title": "Меморандум",
        "place": "Запоріжжя",
        "day": "20.02.2024",
        "sections": SECTIONS,
        "signatures": SIGNATURES,
        "footer": FOOTER,
        "language": "uk",
        **changes,
    }
    return render_docx(**values)


def opened(**changes):
    return Document(BytesIO(rendered(**changes)))


def rows_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_text_is_numbered_and_never_read_as_a_template() -> None:
    document = opened()

    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "Меморандум",
        "Запоріжжя\t20.02.2024\t№ ____",
        "1. Предмет",
        "1.1. Ґрунт, єдність, їжак, {{ title }} {% endfor %} і <b>не розмітка</b> & «лапки».",
        "1.2. Другий абзац.",
        "2. Строк",
        "2.1. Безстроково.",
        "Підписи сторін",
    ]
    assert document.sections[0].footer.paragraphs[0].text == FOOTER


def test_page_is_a4_with_margins_and_real_headings() -> None:
    document = opened()

    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert round(page.left_margin.cm, 1) == 3.0
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "1. Предмет",
        "2. Строк",
        "Підписи сторін",
    ]
    assert document.core_properties.title == "Меморандум"


def test_parties_stand_in_a_table_with_their_representatives() -> None:
    assert rows_of(opened().tables[0]) == [
        ["Сторона", "В особі"],
        ["Калуська міська рада", "міський голова, Калуш, голова"],
        ["Запорізька міська рада", "секретар міської ради"],
        ["Третя рада", ""],
    ]


@pytest.mark.parametrize(("parties", "rows"), [(1, 1), (2, 1), (3, 2), (4, 2)])
def test_places_to_sign_stand_in_two_columns(parties, rows) -> None:
    signatures = [Signature(f"Рада {number}", "голова", f"Особа {number}") for number in range(parties)]

    found = rows_of(opened(signatures=signatures).tables[1])

    places = [cell.splitlines() for row in found for cell in row]
    assert (len(found), {len(row) for row in found}) == (rows, {2})
    assert [lines for lines in places if any(line.strip() for line in lines)] == [
        [f"Рада {number}", "голова", f"_________________ Особа {number}"] for number in range(parties)
    ]


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [("uk", "Підписи сторін", "uk-UA"), ("en", "Signatures of the parties", "en-GB")],
)
def test_words_of_the_template_are_in_the_language_asked_for(language, words, code) -> None:
    document = opened(language=language)

    assert words in [paragraph.text for paragraph in document.paragraphs]
    assert {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))} == {code}


def test_characters_that_a_document_cannot_hold_are_left_out() -> None:
    document = opened(title="Мемо\x0bрандум\x00", sections=[("A\ud800", ["b\uffff"])])

    lines = [paragraph.text for paragraph in document.paragraphs]
    assert ("Меморандум" in lines, "1. A" in lines, "1.1. b" in lines) == (True, True, True)


@pytest.fixture
def own(settings, tmp_path) -> Path:
    settings.DATA = tmp_path
    path = tmp_path / "templates" / "agreement.docx"
    path.parent.mkdir()
    return path


def test_operator_puts_an_own_template_into_the_data_folder(own) -> None:
    document = Document(str(operations.TEMPLATES / operations.NAME))
    document.add_paragraph("Калуш: {{ title }}")
    document.save(str(own))

    assert opened().paragraphs[-1].text == "Калуш: Меморандум"


@pytest.mark.parametrize("planted", ["syntax", "no document"])
def test_broken_template_is_a_refusal_that_says_what_to_do(own, planted) -> None:
    if planted == "syntax":
        document = Document()
        document.add_paragraph("{% for %}")
        document.save(str(own))
    else:
        own.write_bytes(b"no document")

    with pytest.raises(operations.TemplateBroken, match=r"agreement\.docx.*(Виправте|Correct)"):
        rendered()


def test_template_shipped_is_the_one_that_the_script_writes(tmp_path, monkeypatch) -> None:
    root = Path(__file__).resolve().parents[2]
    shipped = operations.TEMPLATES / operations.NAME
    monkeypatch.syspath_prepend(str(root / "scripts"))
    make_templates = pytest.importorskip("make_templates")
    monkeypatch.setattr(make_templates, "TARGET", tmp_path / "made" / operations.NAME)

    make_templates.main()

    made = Document(str(tmp_path / "made" / operations.NAME))
    assert made.element.xml == Document(str(shipped)).element.xml
    assert made.styles.element.xml == Document(str(shipped)).styles.element.xml


@pytest.mark.office
@pytest.mark.poppler
def test_office_program_opens_it(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(rendered())
    office = shutil.which("soffice") or shutil.which("libreoffice")

    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "paper.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    read = " ".join(text.split())
    assert "Ґрунт, єдність, їжак" in read
    for words in ("Запорізька міська рада", "Третя рада", "Підписи сторін", FOOTER):
        assert words in read
