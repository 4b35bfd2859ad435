"""What a file is, by its content, and where content lies: under its checksum in the folder MEDIA_ROOT."""

import hashlib
import os
import tempfile
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import puremagic
from django.conf import settings

from pobratym.files.choices import EXTENSIONS, FileType

# puremagic also matches endings and deep offsets; a file must begin as its type does.
BEGINNINGS = {FileType.PDF: b"%PDF-", FileType.PNG: b"\x89PNG\r\n\x1a\n", FileType.JPEG: b"\xff\xd8\xff"}
LONGEST_STEM = 120


def type_of(content: bytes) -> FileType | None:
    """The type if it is one that we keep, else None."""
    if content.startswith(b"PK"):
        return FileType.DOCX if _is_document(content) else None
    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return None
    if found not in BEGINNINGS or not content.startswith(BEGINNINGS[found]):
        return None
    return FileType(found)


def _is_document(content: bytes) -> bool:
    """A container with a word processor's text and no macros; only its table of contents is read."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as container:
            names = set(container.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return {"[Content_Types].xml", "word/document.xml"} <= names and not has_macros


def clean_name(name: str, kind: FileType) -> str:
    """A name safe to show and to save under, with the extension of what the file really is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Control and format characters (among them those that turn the direction of text) hide what a name is.
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem = seen.rsplit(".", 1)[0] if "." in seen.strip(".") else seen
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_STEM].strip()
    return f"{stem or 'file'}.{EXTENSIONS[kind]}"


def checksum(content: bytes) -> str:
    """SHA-256, as it names the content."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Where content with this checksum lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def write(content: bytes) -> str:
    """Write content whole or not at all; the same content twice lies there once. Gives its checksum."""
    sha256 = checksum(content)
    path = path_of(sha256)
    if path.exists():
        # Young again: the sweep of orphans leaves it to the row that is about to name it.
        os.utime(path)
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return sha256
