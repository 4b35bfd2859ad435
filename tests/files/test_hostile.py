"""Whatever arrives is kept or refused with a sentence, never a server error: bytes at random, and real files bent."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pobratym.files import content
from pobratym.files.choices import EXTENSIONS, FileType
from pobratym.files.content import clean_name
from pobratym.files.refusals import FileRefused
from tests.files import made

SAMPLES = [
    made.real_docx(),
    made.real_xlsx(),
    made.word({"word/styles.xml": "<a><b c='d'/></a>"}),
    made.open_document(FileType.ODT.value, "<text:p>x</text:p>"),
    made.asic("e", {"a.docx": made.word()}),
    made.pdf("2 0 obj\n<<>>\nendobj\n", packed=b"2 0 <</Type /Page>>"),
    made.picture("PNG"),
    made.picture("JPEG"),
    made.picture("WEBP"),
    made.p7s(),
    "Назва;Значення\nКалуш;1\n".encode("cp1251"),
]
BEGINNINGS = [
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"RIFF\x00\x00\x00\x00WEBP",
    b"\x30\x82",
    b"",
]


def kept_or_refused(data: bytes) -> None:
    try:
        found = content.examine(data)
    except FileRefused:
        return
    assert found.kind in FileType
    assert content.examine(found.content).kind == found.kind


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
def test_bytes_at_random(beginning, rest):
    kept_or_refused(beginning + rest)


# Pillow tells of bent notes inside a picture by a warning, and leaves them out as we do.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6), st.floats(0.3, 1)
)
def test_real_files_bent(sample, changes, end):
    data = bytearray(sample)
    for where, value in changes:
        data[int(where * (len(data) - 1))] = value
    kept_or_refused(bytes(data[: int(end * len(data))] if end < 0.9 else data))


@given(st.text(max_size=300), st.sampled_from(FileType))
def test_every_name_is_fit_to_show_and_to_save(name, kind):
    clean = clean_name(name, kind)

    assert clean.endswith(f".{EXTENSIONS[kind]}")
    assert 1 < len(clean) <= 140
    assert not set(clean) & set('/\\<>:"|?*\r\n\t\0')
    assert clean == clean.strip(" ")
    assert clean_name(clean, kind) == clean


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "I", "F"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_every_mode_of_pictures_is_written_anew_or_refused(mode, kind):
    out = BytesIO()
    try:
        Image.new(mode, (5, 3)).save(out, kind)
    except (OSError, ValueError, KeyError):
        # The library itself writes no such picture; there is nothing to try then but bytes.
        out.write(b"x")

    kept_or_refused(out.getvalue())
