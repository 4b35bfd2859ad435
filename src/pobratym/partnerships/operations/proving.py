"""A record and the file that proves it are kept together, or neither is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from pobratym.accounts.models import User
from pobratym.files import operations as files
from pobratym.organisations.models import Body
from pobratym.partnerships.models import ProgressNote, Value


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file as it came, and the body that brings it and keeps it within its room."""

    content: bytes
    name: str
    holder: Body


def keep_with_proof(
    *, record: Callable[[], Value | ProgressNote], proof: ProofFile | None, by: User | None, at: dt.datetime
) -> Value | ProgressNote:
    """Carry out `record`, which makes a value or a note, and keep its file; a refused file undoes the record too."""
    if proof is None:
        return record()
    # Looked through before others have to wait for the transaction.
    content = files.examined(content=proof.content)
    with transaction.atomic():
        made = record()
        files.store(content=content, name=proof.name, owner=made, holder=proof.holder, by=by, at=at)
    return made
