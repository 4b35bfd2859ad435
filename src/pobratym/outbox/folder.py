"""Delivery without a mail server: each mail is a file of its own, named by its Message-ID.

A file appears whole or not at all, and a repeat is the same file: whatever is killed wherever, each mail is there
exactly once.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes mails as `.eml` files into the folder `EMAIL_FILE_PATH`."""

    # A hand-over that was cut off is simply done again.
    repeats_harmlessly = True

    def __init__(self, *, fail_silently: bool = False, file_path: str | os.PathLike[str] = "", **_rest: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each mail that is not there yet."""
        for mail in email_messages:
            message = mail.message()
            write_once(self.folder / f"{_name(str(message['Message-ID']))}.eml", message.as_bytes())
        return len(email_messages)


def _name(identifier: str) -> str:
    """The part before the host; nothing in it can lead out of the folder."""
    kept = identifier.strip("<>").partition("@")[0]
    return "".join(sign if sign.isalnum() else "-" for sign in kept)


def write_once(path: Path, content: bytes) -> None:
    """Make the file durable and whole, or leave the one that is there."""
    if path.exists():
        return
    # Beside the folder, so that nobody takes an unfinished file for a mail.
    unfinished = path.parent.with_name(f"{path.parent.name}-unfinished")
    for folder in (path.parent, unfinished):
        folder.mkdir(parents=True, exist_ok=True)
    part = unfinished / f"{path.name}.{os.getpid()}"
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _keep_names(path.parent)
    # What killed processes began under other numbers.
    for litter in unfinished.glob(f"{path.name}.*"):
        litter.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Make the new name durable where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
