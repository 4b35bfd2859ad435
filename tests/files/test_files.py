"""Files: type by content, limits, clean names, content under its checksum, served as a download."""

import datetime as dt
import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.db import transaction

from pobratym.accounts.models import User
from pobratym.accounts.operations import make_person
from pobratym.audit.queries import history_of
from pobratym.files import content, operations, serving
from pobratym.files.choices import FileType
from pobratym.files.models import StoredFile
from pobratym.files.queries import files_of
from pobratym.vocabulary.choices import Visibility

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def container(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


def real_docx() -> bytes:
    made = BytesIO()
    document = docx.Document()
    document.add_paragraph("Меморандум")
    document.save(made)
    return made.getvalue()


DOCX = container("[Content_Types].xml", "word/document.xml")
XLSX = container("[Content_Types].xml", "xl/workbook.xml")
MACROS = container("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def owner(at) -> User:
    return make_person(email="owner@pobratym.example", name="Власниця", by=None, at=at)


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, FileType.PDF),
        (PNG, FileType.PNG),
        (JPEG, FileType.JPEG),
        (DOCX, FileType.DOCX),
        (real_docx(), FileType.DOCX),
        (XLSX, None),
        (MACROS, None),
        (container("word/document.xml"), None),
        (b"PK\x03\x04 torn", None),
        (b"MZ\x90\x00 a program", None),
        (b"<html><script>alert(1)</script></html>", None),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", None),
        (b"GIF89a", None),
        (b"#!/bin/sh\n" + PDF, None),
        (b"plain text", None),
        (b"\x00", None),
    ],
)
def test_type_is_known_by_content(data, kind):
    assert content.type_of(data) == kind


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Меморандум.pdf", "Меморандум.pdf"),
        ("лист № 112.DOCX", "лист № 112.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\x\угода.v2.doc", "угода.v2.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        ("....", "file.pdf"),
        ("ґ" * 300 + ".pdf", "ґ" * 120 + ".pdf"),
    ],
)
def test_name_is_cleaned(name, clean):
    assert content.clean_name(name, FileType.PDF) == clean


def test_file_is_kept_under_its_checksum(owner, at, folder):
    file = operations.store(content=PDF, name="угода.exe", owner=owner, visibility="partners", by=owner, at=at)

    assert (file.name, file.content_type, file.size) == ("угода.pdf", "application/pdf", len(PDF))
    assert (file.sha256, file.visibility) == (hashlib.sha256(PDF).hexdigest(), Visibility.PARTNERS)
    with operations.open_file(file=file) as opened:
        assert opened.read() == PDF
    assert kept(folder) == [file.sha256]
    assert list(files_of(owner)) == [file]
    assert history_of(owner)[0].sentence == f"Додано файл: PDF, SHA-256 {file.sha256[:12]}…."


def test_same_content_twice_lies_there_once(owner, at, folder):
    for name in ("a.pdf", "b.pdf"):
        operations.store(content=PDF, name=name, owner=owner, by=owner, at=at)

    assert len(kept(folder)) == 1
    assert [file.name for file in files_of(owner)] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("data", "refusal", "words"),
    [
        (XLSX, operations.WrongType, "PDF, DOCX, PNG, JPEG"),
        (b"", operations.EmptyFile, "порожній"),
        (PDF + b"0" * (1024 * 1024), operations.TooLarge, "більший за 1 МБ"),
    ],
)
def test_refused_file_leaves_nothing(owner, at, folder, settings, data, refusal, words):
    settings.FILE_UPLOAD_LIMIT = 1024 * 1024

    with pytest.raises(refusal, match=words):
        operations.store(content=data, name="x.pdf", owner=owner, by=owner, at=at)

    assert not StoredFile.objects.exists()
    assert not folder.exists()


def test_rolled_back_content_is_an_orphan_that_the_sweep_removes(owner, at, folder):
    kept_file = operations.store(content=PNG, name="a.png", owner=owner, by=owner, at=at)

    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():  # noqa: PT012  # the second line undoes the first
        orphan = operations.store(content=PDF, name="a.pdf", owner=owner, by=owner, at=at)
        raise Undo
    written = content.path_of(orphan.sha256).stat().st_mtime
    for path in folder.glob("??/*"):
        os.utime(path, (written, written))
    moment = dt.datetime.fromtimestamp(written, dt.UTC)

    assert operations.sweep_orphans(at=moment + dt.timedelta(hours=23)) == 0
    assert operations.sweep_orphans(at=moment + dt.timedelta(hours=25)) == 1
    assert kept(folder) == [kept_file.sha256]


def test_half_written_content_never_stands_under_its_name(owner, at, folder, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        operations.store(content=PDF, name="a.pdf", owner=owner, by=owner, at=at)

    assert kept(folder) == []
    assert not StoredFile.objects.exists()


def test_answer_is_a_download_of_the_right_type(owner, at):
    file = operations.store(content=PDF, name="Меморандум.pdf", owner=owner, by=owner, at=at)

    answer = serving.answer(file)

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9C")
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()
    renamed = serving.answer(file, "signed.pdf")
    renamed.close()
    assert renamed["Content-Disposition"] == 'attachment; filename="signed.pdf"'


def test_missing_content_is_a_refusal(owner, at):
    file = operations.store(content=PDF, name="a.pdf", owner=owner, by=owner, at=at)
    content.path_of(file.sha256).unlink()

    with pytest.raises(operations.ContentMissing, match="модератора"):
        serving.answer(file)
