"""A paper as DOCX: what stands in it, and that an office program opens it."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pobratym.documents.operations import Signature, render_docx

SECTIONS = [
    ("Предмет", ["Ґрунт, єдність, їжак, {{ title }} і <b>не розмітка</b>.", "Другий абзац."]),
    ("Строк", ["Безстроково."]),
]
SIGNATURES = [
    Signature("Калуська міська рада", "міський голова"),
    Signature("Запорізька міська рада"),
    Signature("Третя"),
]


def rendered() -> bytes:
    return render_docx(
        title="Меморандум", place="Запоріжжя", day="20.02.2024", number="", sections=SECTIONS,
        signatures=SIGNATURES, footer="http://example.org/agreements/1/ · SHA-256 abc",
    )  # fmt: skip


def test_text_is_numbered_and_never_read_as_a_template() -> None:
    document = Document(BytesIO(rendered()))

    lines = [paragraph.text for paragraph in document.paragraphs]
    assert "1. Предмет" in lines
    assert "1.1. Ґрунт, єдність, їжак, {{ title }} і <b>не розмітка</b>." in lines
    assert "1.2. Другий абзац." in lines
    assert "2.1. Безстроково." in lines
    assert document.sections[0].footer.paragraphs[0].text == "http://example.org/agreements/1/ · SHA-256 abc"


def test_every_party_has_its_place_to_sign() -> None:
    document = Document(BytesIO(rendered()))

    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert [cell.splitlines()[0] for cell in cells] == [signature.body for signature in SIGNATURES]


@pytest.mark.office
@pytest.mark.poppler
def test_office_program_opens_it(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(rendered())

    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "paper.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "paper.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    assert "Ґрунт, єдність, їжак" in text
    assert "Запорізька міська рада" in " ".join(text.split())
