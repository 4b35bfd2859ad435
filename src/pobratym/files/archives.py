"""Containers (ZIP): limits of entries, size and ratio, counted while unpacking, never believed from headers."""

import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipInfo

from pobratym.files.refusals import Damaged, Nested, Protected, Swollen, TwoFaced

MEBIBYTE = 1024 * 1024
ENTRIES = 2_000
DIRECTORY = MEBIBYTE  # bytes of the table of contents
EXPANDED = 100 * MEBIBYTE
# XML repeats itself, and small files compress beyond measure: the ratio counts only beyond this size.
RATIO, RATIO_FROM = 150, 10 * MEBIBYTE
DEPTH = 2
LONGEST_NAME = 255
END, LOCAL = struct.Struct("<4s4H2LH"), struct.Struct("<4s5H3L2H")
CHUNK = 64 * 1024
SYMLINK = 0o120000
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# ZIP, RAR, 7z, gzip, xz, bzip2, cabinet: what starts so is a container of its own.
CONTAINERS = (b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ", b"BZh", b"MSCF")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, shared with the containers inside."""

    left: int = EXPANDED
    entries: int = ENTRIES

    def spend(self, size: int) -> None:
        """Take away from what is left."""
        self.left -= size
        if self.left < 0:
            raise Swollen


@dataclass(slots=True)
class Container:
    """The entries of a container that passed, and their contents on demand."""

    content: bytes
    entries: dict[str, ZipInfo]
    starts: dict[str, int] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """An entry unpacked; it passed the limits when the container was opened."""
        entry = self.entries[name]
        return _unpack(self.content, self.starts[name], entry, Budget())

    def __contains__(self, name: str) -> bool:
        return name in self.entries


def open_container(
    content: bytes, *, may_nest: bool = False, budget: Budget | None = None, depth: int = 1
) -> Container:
    """Look through a container wholly. Raises Damaged, Protected, Swollen, TwoFaced or Nested."""
    budget = budget or Budget()
    directory = _directory_of(content)
    entries = _entries_of(content)
    budget.entries -= len(entries)
    if budget.entries < 0:
        raise Swollen
    names = {_plain(entry.filename) for entry in entries}
    if len(names) != len(entries):
        raise Damaged
    container = Container(content, {entry.filename: entry for entry in entries})
    _place(container, directory)
    before = budget.left
    for name, entry in container.entries.items():
        inside = _unpack(content, container.starts[name], entry, budget)
        if inside.startswith(CONTAINERS):
            if not may_nest or depth == DEPTH or not inside.startswith(b"PK"):
                raise Nested
            open_container(inside, may_nest=may_nest, budget=budget, depth=depth + 1)
    unpacked = before - budget.left
    if unpacked > RATIO_FROM and unpacked > RATIO * len(content):
        raise Swollen
    return container


def _directory_of(content: bytes) -> int:
    """Where the table of contents begins; it ends with the file, and the first entry begins with it."""
    at = content.rfind(b"PK\x05\x06")
    if not content.startswith(b"PK\x03\x04") or at < 0 or at + END.size > len(content):
        raise Damaged
    _sign, disk, first_disk, here, total, size, offset, comment = END.unpack_from(content, at)
    # 64-bit tables are for what is larger than we take; something behind the end is another file.
    if (disk, first_disk) != (0, 0) or here != total or offset == 0xFFFFFFFF or offset + size != at:
        raise Damaged
    if at + END.size + comment != len(content):
        raise TwoFaced
    if total > ENTRIES or size > DIRECTORY:
        raise Swollen
    return int(offset)


def _entries_of(content: bytes) -> list[ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, UnicodeError) as error:
        raise Damaged from error
    for entry in entries:
        if entry.flag_bits & 0x1 or entry.flag_bits & 0x2040:
            raise Protected
        if (entry.external_attr >> 16) & 0o170000 == SYMLINK:
            raise Damaged
        if entry.compress_type not in METHODS or not (_is_inside(entry.orig_filename) and _is_inside(entry.filename)):
            raise Damaged
    return entries


def _is_inside(name: str) -> bool:
    """A name that leads nowhere but into the container."""
    parts = name.rstrip("/").split("/")
    return (
        0 < len(name) <= LONGEST_NAME
        and "\\" not in name
        and ":" not in name
        and not any(unicodedata.category(letter)[0] == "C" for letter in name)
        and not any(part in {"", ".", ".."} for part in parts)
    )


def _plain(name: str) -> str:
    """Names that some file system takes for the same are the same."""
    return unicodedata.normalize("NFC", name).casefold().rstrip("/")


def _place(container: Container, directory: int) -> None:
    """Find where each entry's bytes are; none shares a byte with another or with the table of contents."""
    end = 0
    for entry in sorted(container.entries.values(), key=lambda entry: entry.header_offset):
        if entry.header_offset < end or (end == 0 and entry.header_offset != 0):
            raise Damaged
        begin = entry.header_offset + LOCAL.size
        if begin > directory:
            raise Damaged
        sign, _version, flags, method, *_times, name, extra = LOCAL.unpack_from(container.content, entry.header_offset)
        if sign != b"PK\x03\x04" or method != entry.compress_type or flags & 0x1:
            raise Damaged
        written = container.content[begin : begin + name]
        if written != entry.orig_filename.encode("utf-8" if flags & 0x800 else "cp437", "replace"):
            raise Damaged
        start = begin + name + extra
        end = start + entry.compress_size
        if end > directory:
            raise Damaged
        container.starts[entry.filename] = start


def _unpack(content: bytes, start: int, entry: ZipInfo, budget: Budget) -> bytes:
    """The entry's bytes; what comes out is counted as it comes, and has to be what the table promises."""
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        budget.spend(len(packed))
        out = bytes(packed)
    else:
        out = _inflate(packed, budget)
    if len(out) != entry.file_size or zlib.crc32(out) != entry.CRC:
        raise Damaged
    return out


def _inflate(packed: memoryview, budget: Budget) -> bytes:
    engine, parts, rest = zlib.decompressobj(-zlib.MAX_WBITS), [], bytes(packed)
    try:
        while not engine.eof:
            part = engine.decompress(rest, CHUNK)
            budget.spend(len(part))
            parts.append(part)
            rest = engine.unconsumed_tail
            if not part and not rest:
                break
    except zlib.error as error:
        raise Damaged from error
    if not engine.eof or engine.unused_data:
        raise Damaged
    return b"".join(parts)
