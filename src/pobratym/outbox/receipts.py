"""What the mail server took, noted beside the database.

Between the server's "250" and the mark in the database lies a transaction that can fail: the database may be locked,
restarted or gone. A receipt is a file, written at once and durably; as long as the mark is missing it says that the
mail must not be handed over again. So only a process that dies between the "250" and this file leaves a doubt.
"""

from pathlib import Path

from django.conf import settings

from pobratym.outbox.folder import write_once


def folder() -> Path:
    """Where receipts wait for their mark; usually empty."""
    return Path(settings.DATA) / "receipts"


def write(digest: str) -> None:
    """Note that the server has the mail."""
    write_once(folder() / digest, b"")


def remove(digest: str) -> None:
    """The mark is in the database."""
    (folder() / digest).unlink(missing_ok=True)


def waiting() -> set[str]:
    """Digests of mails that were taken and perhaps not marked."""
    try:
        return {path.name for path in folder().iterdir()}
    except FileNotFoundError:
        return set()
