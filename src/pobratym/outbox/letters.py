"""What a mail looks like: rendered from a template, and as the bytes that are the same at every attempt."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from email.charset import Charset
from email.header import Header
from email.message import Message as Parsed
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from pobratym.outbox.models import Message

LONGEST_SUBJECT = 300


class Letter(EmailMessage):
    """Django's mail, with a long Ukrainian subject folded where readers put it together without a stray space."""

    def message(self, **rest: Any) -> Any:
        """The mail as it is sent."""
        mail = super().message(**rest)
        if not str(self.subject).isascii():
            del mail["Subject"]
            Parsed.__setitem__(mail, "Subject", Header(str(self.subject), "utf-8", header_name="Subject"))
        return mail


def render(template: str, data: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Subject and text in the language: the template's first line is the subject, the rest the text."""
    with translation.override(language):
        # Plain text: nothing is escaped, an apostrophe stays an apostrophe.
        written = get_template(template).template.render(  # type: ignore[attr-defined]  # our engine is Django's
            Context(dict(data), autoescape=False)
        )
    subject, _newline, text = written.strip().partition("\n")
    # A subject is one line, whatever a name in it holds: no header can be added by it.
    return " ".join(subject.split())[:LONGEST_SUBJECT], text.strip() + "\n"


def compose(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    """The mail of a row: the same bytes whenever it is composed, so that a repeat is known as one.

    Raises BadHeaderError or ValueError for an address that cannot stand in a header.
    """
    mail = Letter(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        connection=connection,
        headers={
            "Message-ID": message_id(message.key),
            "Date": format_datetime(message.queued_at.astimezone(dt.UTC)),
            "Auto-Submitted": "auto-generated",
            **_way_out(message.unsubscribe),
        },
    )
    # Seven bits on the way: a relay need not convert what a signature covers.
    mail.encoding = Charset("utf-8")
    mail.message()
    return mail


def _way_out(address: str) -> dict[str, str]:
    """RFC 8058: one click in the mail program; it is defined for https only."""
    if not address:
        return {}
    headers = {"List-Unsubscribe": f"<{address}>"}
    if address.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(key: str) -> str:
    """The same for every attempt of one mail."""
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    return f"<{digest_of(key)}@{host}>"


def digest_of(key: str) -> str:
    """How a key is named outside the database."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
