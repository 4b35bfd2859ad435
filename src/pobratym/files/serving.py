"""The answer that carries a file: whole, in parts, or "you have it already" (RFC 9110); never within our pages' origin.

A view calls it after its own check of who may read. Content is streamed in small pieces, so a large file and a slow
reader hold no memory.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags

from pobratym.files.choices import PICTURES
from pobratym.files.models import StoredFile
from pobratym.files.operations import open_file
from pobratym.files.ranges import Span, wanted
from pobratym.vocabulary.choices import Visibility

PIECE = 64 * 1024


@dataclass(slots=True)
class Pieces:
    """An open file sent in parts: before each part its head, after the last the tail."""

    file: IO[bytes]
    parts: list[tuple[bytes, Span]]
    tail: bytes = b""

    def __iter__(self) -> Iterator[bytes]:
        for head, span in self.parts:
            if head:
                yield head
            self.file.seek(span.first)
            left = span.length
            while left and (piece := self.file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
        if self.tail:
            yield self.tail

    @property
    def length(self) -> int:
        """How many bytes are sent."""
        return sum(len(head) + span.length for head, span in self.parts) + len(self.tail)

    def close(self) -> None:
        """Close the file; the server calls it when the answer has ended, however it ended."""
        self.file.close()


def answer(request: HttpRequest, file: StoredFile, as_name: str = "") -> HttpResponseBase:
    """The file as a download under its own or another name; our own, newly written pictures may be looked at.

    Raises ContentMissing, which the middleware answers with its sentence.
    """
    tag = f'"{file.sha256}"'
    response: HttpResponseBase
    if (refused := _precondition(request, tag)) is not None:
        response = HttpResponse(status=refused)
    else:
        response = _content(request, file, tag)
    shown = "inline" if file.content_type in PICTURES else "attachment"
    named = content_disposition_header(as_attachment=True, filename=as_name or file.name) or ""
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        # A file may lose its readers at any moment, so that even a public one is asked for anew each time.
        "Cache-Control": "public, no-cache" if _is_public(file) else "private, no-store",
        "Content-Disposition": named.replace("attachment", shown, 1),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    for name, value in headers.items():
        response[name] = value
    return response


def _is_public(file: StoredFile) -> bool:
    return file.visibility == Visibility.PUBLIC and file.is_shown


def _precondition(request: HttpRequest, tag: str) -> int | None:
    """The status if the client's condition is not met, in the order of RFC 9110, section 13.2.2."""
    matching = request.headers.get("If-Match")
    if matching is not None and matching.strip() != "*" and tag not in parse_etags(matching):
        return 412
    other = request.headers.get("If-None-Match")
    # Weak comparison: W/"x" is as good as "x" here.
    if other is not None and (other.strip() == "*" or tag in {one.removeprefix("W/") for one in parse_etags(other)}):
        return 304
    return None


def _content(request: HttpRequest, file: StoredFile, tag: str) -> HttpResponseBase:
    size = file.size
    spans = None
    # Ranges are defined for GET; If-Range with an older tag, a weak one or a date asks for the whole file.
    if request.method == "GET" and request.headers.get("If-Range", tag).strip() == tag:
        spans = wanted(request.headers.get("Range", ""), size)
    if spans == []:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method == "HEAD":
        open_file(file=file).close()
        return HttpResponse(headers={"Content-Type": file.content_type, "Content-Length": str(size)})
    opened = open_file(file=file)
    if spans is None:
        parts: list[tuple[bytes, Span]] = [(b"", Span(0, size - 1))]
        return _streamed(Pieces(opened, parts), 200, file.content_type)
    if len(spans) == 1:
        response = _streamed(Pieces(opened, [(b"", spans[0])]), 206, file.content_type)
        response["Content-Range"] = spans[0].within(size)
        return response
    return _several(opened, file, spans)


def _several(opened: IO[bytes], file: StoredFile, spans: list[Span]) -> StreamingHttpResponse:
    """Several parts in one answer, each with its own head."""
    boundary = secrets.token_hex(16)
    parts = [
        (
            f"\r\n--{boundary}\r\nContent-Type: {file.content_type}\r\n"
            f"Content-Range: {span.within(file.size)}\r\n\r\n".encode("ascii"),
            span,
        )
        for span in spans
    ]
    pieces = Pieces(opened, parts, f"\r\n--{boundary}--\r\n".encode("ascii"))
    return _streamed(pieces, 206, f"multipart/byteranges; boundary={boundary}")


def _streamed(pieces: Pieces, status: int, content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, status=status, content_type=content_type)
    response["Content-Length"] = str(pieces.length)
    return response
