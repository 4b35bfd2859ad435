"""Noting in one place what a page shows of restricted records.

An object that a view finds for its reader is noted by itself (`ui.pages.permitted` calls `found`); a view names what
else it shows: `shown(request, *holders)`. Public and shared records may be named too: they are left out.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from pobratym.audit.operations import note_seen
from pobratym.vocabulary.choices import Visibility


def shown(request: HttpRequest, records: Iterable[Any]) -> None:
    """Note the restricted ones among the records for the reader of the request; nothing if there is none."""
    restricted = [one for one in records if getattr(one, "visibility", None) == Visibility.RESTRICTED]
    if restricted:
        note_seen(subjects=restricted, by=request.user, at=timezone.now())


def found(request: HttpRequest, record: Model) -> None:
    """Note the record that a view found for its reader."""
    shown(request, [record])
