"""Reading stored files: whose, which version, who may, how much."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from pobratym.audit.queries import reference
from pobratym.files import owners
from pobratym.files.models import FileQuerySet, Quota, StoredFile
from pobratym.vocabulary.choices import Visibility

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """How much a body keeps and may keep, in bytes."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        """What may still be added."""
        return max(0, self.limit - self.used)

    @property
    def share(self) -> int:
        """In per cent, for a bar."""
        return min(100, round(100 * self.used / self.limit)) if self.limit else 100

    @property
    def used_mb(self) -> str:
        """In megabytes, rounded up so that it never promises more than there is."""
        return str(-(-self.used // MEGABYTE))

    @property
    def limit_mb(self) -> str:
        """In megabytes."""
        return str(self.limit // MEGABYTE)


def files_of(*records: models.Model) -> FileQuerySet:
    """All versions of the records' files, oldest first; who may see them is a question for the owner."""
    return StoredFile.objects.filter(owner__in=[reference(record) for record in records]).order_by("pk")


def shown_of(records: Collection[models.Model], seen: frozenset[str]) -> dict[str, list[StoredFile]]:
    """What a page lists, by owner's reference: newest versions of the visibilities that the reader sees; one query."""
    found: dict[str, list[StoredFile]] = {reference(record): [] for record in records}
    if found and seen:
        for file in StoredFile.objects.shown().filter(owner__in=found, visibility__in=seen).order_by("pk"):
            found[file.owner].append(file)
    return found


def readable(user: object, file: StoredFile, on: dt.date) -> bool:
    """Whether the user may read this version: the owner and the file are visible, and the content is kept.

    Versions that no longer count are read by the owner's own circle only.
    """
    owner = owners.find(file.owner)
    seen = owner.seen_by(user, on) if owner else frozenset()
    return file.has_content and file.visibility in seen and (file.is_shown or Visibility.TEAM in seen)


def versions_of(file: StoredFile) -> list[StoredFile]:
    """All versions, the newest first."""
    return list(StoredFile.objects.of_series(file).order_by("-number"))


def usage_of(holder: models.Model) -> Usage:
    """How much of its quota a body uses: each content once, whatever it is attached to and however often."""
    return usage(reference(holder))


def usage(holder: str) -> Usage:
    """The same, for a reference."""
    each = (
        StoredFile.objects.filter(holder=holder, has_content=True).values("sha256").annotate(bytes=models.Max("size"))
    )
    used = each.aggregate(all=models.Sum("bytes"))["all"] or 0
    own = Quota.objects.filter(holder=holder).values_list("megabytes", flat=True).first()
    return Usage(used, settings.BODY_QUOTA if own is None else own * MEGABYTE)
