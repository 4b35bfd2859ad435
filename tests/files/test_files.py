"""Files: type by content, limits, clean names, content under its checksum, swept when nobody keeps it."""

import datetime as dt
import hashlib
import os
from pathlib import Path

import pytest
from django.db import transaction

from pobratym.audit.queries import history_of
from pobratym.files import content, operations
from pobratym.files.choices import FileType
from pobratym.files.models import StoredFile
from pobratym.files.queries import files_of
from pobratym.vocabulary.choices import Visibility
from tests.files import made
from tests.files.made import PDF

pytestmark = pytest.mark.django_db

PNG = made.picture("PNG")
PROGRAM = b"MZ\x90\x00"


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


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
        (PROGRAM, operations.WrongType, "PDF, DOCX, XLSX, ODT, ODS, PNG, JPEG, WebP, CSV, простий текст"),
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


def test_picture_is_kept_without_what_it_told(owner, at, folder):
    telling = made.picture("JPEG")
    file = operations.store(content=telling, name="IMG_2024.jpeg", owner=owner, by=owner, at=at)

    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert made.PLACE.encode() in telling
    assert made.PLACE.encode() not in everything
    assert made.DEVICE.encode() not in everything
    assert (file.name, file.size) == ("IMG_2024.jpg", len(everything))
    assert hashlib.sha256(everything).hexdigest() == file.sha256
