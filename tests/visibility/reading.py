"""Everything that an answer says, whatever its format: what stands in it can be searched as text."""

import html
import io
import zipfile
from typing import Any

NBSP = "\N{NO-BREAK SPACE}"


def text_of(content: bytes) -> str:
    """The text of a file by its content: a zip (DOCX, XLSX, EPUB) is opened, the parts joined."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return "\n".join([*container.namelist(), *(text_of(container.read(name)) for name in container.namelist())])
    return content.decode("utf-8", errors="replace")


def said_by(answer: Any) -> str:
    """Headers, cookies, redirects and content of an answer, as they stand and as a browser reads them."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = text_of(content)
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = "\n".join(morsel.OutputString() for morsel in answer.cookies.values())
    # Calendars fold long lines (RFC 5545, 3.1); pages and JSON write some characters in other ways.
    unfolded = text.replace("\r\n ", "").replace("\r\n\t", "")
    plain = html.unescape(unfolded).replace(NBSP, " ")
    return "\n".join((headers, cookies, text, unfolded, plain, _unescaped(text)))


def _unescaped(text: str) -> str:
    """JSON's \\u escapes as characters."""
    return text.encode("ascii", "backslashreplace").decode("unicode_escape", "replace") if "\\u" in text else ""
