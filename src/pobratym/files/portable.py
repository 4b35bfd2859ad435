"""PDF: a sieve by names for what runs, calls or carries; it is no reader of PDF.

A name such as `/JavaScript` has to stand in the file itself or in a packed stream of objects, so both are searched,
with names spelled by numbers read back. What is packed in a way we do not unpack is refused.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from pobratym.files.refusals import ActivePdf, Damaged, Protected, Swollen, TwoFaced

BEGINNING = b"%PDF-"
OBJECTS_EXPANDED = 64 * 1024 * 1024
# The last part of a dictionary, before its stream begins.
DICTIONARY = 4_096
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|GoToE|ImportData|SubmitForm|XFA|Rendition|Movie)(?=[\s/<>()\[\]%\0]|$)"
)
ENCRYPTED = re.compile(rb"/Encrypt(?=[\s/<>()\[\]%\0])")
NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/\w+)")
INFLATED = {b"/FlateDecode", b"/Fl"}
PREDICTOR = re.compile(rb"/Predictor\s+(\d+)")


def check(content: bytes) -> None:
    """Raises ActivePdf, Protected, Damaged, Swollen or TwoFaced."""
    if b"%%EOF" not in content[-2048:]:
        raise Damaged
    if b"PK\x05\x06" in content[-66_000:] and zipfile.is_zipfile(BytesIO(content)):
        raise TwoFaced
    _search(content)
    left = OBJECTS_EXPANDED
    for packed in _packed_objects(content):
        engine = zlib.decompressobj()
        try:
            objects = engine.decompress(packed, left + 1)
        except zlib.error as error:
            raise Damaged from error
        left -= len(objects)
        if left < 0:
            raise Swollen
        _search(objects)


def _search(part: bytes) -> None:
    plain = NUMBERED.sub(lambda match: bytes([int(match[1], 16)]), part)
    if ENCRYPTED.search(plain):
        raise Protected
    if ACTIVE.search(plain):
        raise ActivePdf


def _packed_objects(content: bytes) -> Iterator[memoryview]:
    """The streams of objects, still packed; one packed in another way than all programs use is refused."""
    whole = memoryview(content)
    for match in STREAM.finditer(content):
        before = content[max(0, match.start() - DICTIONARY) : match.start()]
        dictionary = NUMBERED.sub(lambda found: bytes([int(found[1], 16)]), before[before.rfind(b" obj") + 1 :])
        if b"/ObjStm" not in dictionary:
            continue
        filters, predictor = FILTERS.search(dictionary), PREDICTOR.search(dictionary)
        if filters is None:
            # Not packed: the search through the file has seen it.
            continue
        if filters[1].strip(b"[] \t\r\n") not in INFLATED or (predictor and int(predictor[1]) > 1):
            raise ActivePdf
        yield whole[match.end() :]
