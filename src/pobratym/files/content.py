"""What a file is, by its content, and where content lies: under its checksum in the folder MEDIA_ROOT."""

import hashlib
import os
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pobratym.files import office, pictures, plain, portable, signed
from pobratym.files.choices import EXTENSIONS, FileType
from pobratym.files.refusals import WrongType

LONGEST_STEM = 120
BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": FileType.PNG,
    b"\xff\xd8\xff": FileType.JPEG,
}


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is, and its content as it may be kept: pictures are written anew."""

    kind: FileType
    content: bytes


def examine(content: bytes) -> Examined:
    """Know a file by its content and look through it. Raises WrongType or what else is wrong with it."""
    if content.startswith(b"PK"):
        return Examined(office.kind_of(content), content)
    if content.startswith(portable.BEGINNING):
        portable.check(content)
        return Examined(FileType.PDF, content)
    if picture := _picture(content):
        return Examined(picture, pictures.rewritten(content, picture))
    if signed.is_signature(content):
        return Examined(FileType.P7S, content)
    if text := plain.kind_of(content):
        return Examined(text, content)
    raise WrongType


def _picture(content: bytes) -> FileType | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileType.WEBP
    return next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), None)


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
