"""How a file is served: whole, in parts, conditionally, and with which headers."""

import email
import tracemalloc

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from pobratym.files import content, operations, serving
from pobratym.vocabulary.choices import Visibility
from tests.files import made
from tests.files.made import PDF

pytestmark = pytest.mark.django_db

BODY = PDF.replace(b"<<>>\nendobj", b"<<" + bytes(range(48, 58)) * 100 + b">>\nendobj", 1)


@pytest.fixture
def file(owner, at):
    return operations.store(content=BODY, name="Меморандум.pdf", owner=owner, by=owner, at=at)


def ask(file, method: str = "GET", **headers: str) -> HttpResponse:
    return serving.answer(RequestFactory().generic(method, "/files/1/", headers=headers), file)


def body_of(answer) -> bytes:
    found = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return found


def test_whole_file_is_a_download_in_a_sandbox(file):
    answer = ask(file)

    assert body_of(answer) == BODY
    assert dict(answer.headers) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(BODY)),
        "Content-Disposition": "attachment; filename*=utf-8''"
        "%D0%9C%D0%B5%D0%BC%D0%BE%D1%80%D0%B0%D0%BD%D0%B4%D1%83%D0%BC.pdf",
        "ETag": f'"{file.sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_another_name_and_a_public_file(file):
    file.visibility = Visibility.PUBLIC
    answer = serving.answer(RequestFactory().get("/"), file, 'sig"ned.pdf')
    answer.close()

    assert answer["Content-Disposition"] == 'attachment; filename="sig\\"ned.pdf"'
    assert answer["Cache-Control"] == "public, no-cache"


def test_picture_may_be_looked_at(owner, at):
    file = operations.store(content=made.picture("PNG"), name="зала.png", owner=owner, by=owner, at=at)
    answer = ask(file)
    answer.close()

    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_head_tells_the_size_and_sends_nothing(file):
    answer = ask(file, "HEAD", Range="bytes=0-9")

    assert (answer.status_code, body_of(answer), answer["Content-Length"]) == (200, b"", str(len(BODY)))


@pytest.mark.parametrize(
    ("wish", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=-9", len(BODY) - 9, len(BODY) - 1), ("bytes=5-", 5, len(BODY) - 1)],
)
def test_one_part(file, wish, first, last):
    answer = ask(file, Range=wish)

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer["Content-Type"] == "application/pdf"
    assert body_of(answer) == BODY[first : last + 1]


def test_several_parts_are_a_multipart_answer(file):
    answer = ask(file, Range="bytes=0-9,100-119,-5")
    sent = body_of(answer)

    assert (answer.status_code, answer["Content-Length"]) == (206, str(len(sent)))
    assert "Content-Range" not in answer
    read = email.message_from_bytes(b"Content-Type: " + answer["Content-Type"].encode() + b"\r\n\r\n" + sent)
    parts = [
        (part["Content-Type"], part["Content-Range"], part.get_payload(decode=True)) for part in read.get_payload()
    ]
    size = len(BODY)
    assert parts == [
        ("application/pdf", f"bytes 0-9/{size}", BODY[:10]),
        ("application/pdf", f"bytes 100-119/{size}", BODY[100:120]),
        ("application/pdf", f"bytes {size - 5}-{size - 1}/{size}", BODY[-5:]),
    ]


def test_part_beyond_the_end_is_answered_with_the_size(file):
    answer = ask(file, Range=f"bytes={len(BODY)}-")

    assert (answer.status_code, answer["Content-Range"], body_of(answer)) == (416, f"bytes */{len(BODY)}", b"")


@pytest.mark.parametrize("wish", ["items=0-1", "bytes=9-1", "bytes=x", "bytes=" + ",".join(["0-1"] * 9)])
def test_wish_that_is_none_gets_the_whole_file(file, wish):
    answer = ask(file, Range=wish)

    assert (answer.status_code, body_of(answer)) == (200, BODY)


def test_part_of_an_older_version_is_not_mixed_in(file):
    tag = f'"{file.sha256}"'
    statuses = {}
    for given in (tag, '"older"', f"W/{tag}", "Tue, 20 Feb 2024 12:00:00 GMT"):
        answer = ask(file, Range="bytes=0-9", **{"If-Range": given})
        statuses[given] = (answer.status_code, len(body_of(answer)))

    assert list(statuses.values()) == [(206, 10), (200, len(BODY)), (200, len(BODY)), (200, len(BODY))]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"{tag}"'}, 304),
        ({"If-None-Match": 'W/"{tag}"'}, 304),
        ({"If-None-Match": '"x", "{tag}"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"x"'}, 200),
        ({"If-None-Match": '"{tag}"', "Range": "bytes=0-1"}, 304),
        ({"If-Match": '"{tag}"'}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": '"x"'}, 412),
        ({"If-Match": 'W/"{tag}"'}, 412),
        ({"If-Match": '"x"', "If-None-Match": '"{tag}"'}, 412),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditions(file, headers, status, method):
    answer = ask(file, method, **{name: value.replace("{tag}", file.sha256) for name, value in headers.items()})

    assert answer.status_code == status
    assert answer["ETag"] == f'"{file.sha256}"'
    if status != 200:
        assert body_of(answer) == b""
    answer.close()


def test_file_is_closed_when_the_reader_goes_away(file):
    answer = ask(file)
    next(iter(answer.streaming_content))
    opened = answer._resource_closers[0].__self__.file
    assert not opened.closed

    answer.close()

    assert opened.closed


def test_large_file_is_not_held_in_memory(owner, at, settings):
    settings.FILE_UPLOAD_LIMIT = 64 * 1024 * 1024
    large = PDF.replace(b"<<>>\nendobj", b"<<" + b"0" * 30_000_000 + b">>\nendobj", 1)
    file = operations.store(content=large, name="a.pdf", owner=owner, by=owner, at=at)
    tracemalloc.start()

    answer = ask(file, Range="bytes=10-,0-3")
    sent = sum(len(piece) for piece in answer.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer.close()

    assert sent > 30_000_000
    assert peak < 2_000_000


def test_missing_content_is_a_refusal(file):
    content.path_of(file.sha256).unlink()

    for method in ("GET", "HEAD"):
        with pytest.raises(operations.ContentMissing, match="модератора"):
            ask(file, method)
