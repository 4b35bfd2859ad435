"""Keeping files: looked through, counted, checksummed; content is written before its row, swept if no row names it."""

import datetime as dt
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pobratym.audit import operations as audit
from pobratym.audit.queries import reference
from pobratym.files import content as contents
from pobratym.files import owners
from pobratym.files.choices import FileType
from pobratym.files.content import Examined
from pobratym.files.models import Quota, StoredFile
from pobratym.files.queries import usage
from pobratym.files.refusals import ContentMissing, EmptyFile, FileRefused, TooLarge, WrongType
from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal

__all__ = (
    "ContentMissing",
    "EmptyFile",
    "NothingChanged",
    "QuotaFull",
    "ReasonMissing",
    "TooLarge",
    "WrongType",
    "check_content",
    "examined",
    "open_file",
    "remove",
    "replace",
    "set_quota",
    "set_visibility",
    "store",
    "sweep_orphans",
)

# Content without a row is an orphan of a transaction that rolled back; an open one may still write its row.
ORPHAN_AFTER = dt.timedelta(days=1)
_NARROW = (Visibility.TEAM, Visibility.RESTRICTED)


class QuotaFull(FileRefused):
    """The body keeps as much as it may."""

    status = 413
    sentence = _(
        "There is no room for this file: %(used)s of %(limit)s MB are used. "
        "Remove what is no longer needed, or ask a moderator for more room."
    )


class NothingChanged(FileRefused):
    """The new version is the old one."""

    sentence = _("This is the same file again. Choose the changed one.")


class ReasonMissing(Refusal):
    """What disappears needs a word."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Say why the file is removed."))


def store(
    *,
    content: bytes | Examined,
    name: str,
    owner: models.Model,
    holder: models.Model | None = None,
    visibility: str = Visibility.TEAM,
    by: AbstractBaseUser | None,
    at: dt.datetime,
) -> StoredFile:
    """Keep a file of `owner`, a saved record, counted for the body `holder`. Raises a FileRefused.

    It is looked through before the transaction begins, so that others do not wait for it; who is in one already
    passes what `examined` gave before. Content is written whole under its checksum before the row. If the transaction
    rolls back, it stays as a harmless orphan: no address leads to it, and the daily sweep removes it.
    """
    looked = content if isinstance(content, Examined) else examined(content=content)
    with transaction.atomic():
        counted = reference(holder) if holder else ""
        _refuse_beyond_quota(counted, looked)
        file = _written(looked, StoredFile(owner=reference(owner), holder=counted, visibility=visibility), name, at)
        # The name may hold a person's; the trail tells the type and the checksum.
        audit.record(
            verb="files.file.stored", by=by, subject=owners.subject_of(owner), at=at, body=holder,
            kind=str(looked.kind.label), sha256=file.sha256[:12], file=file.pk,
        )  # fmt: skip
        return file


def replace(
    *, file: StoredFile, content: bytes, name: str, version: int, by: AbstractBaseUser | None, at: dt.datetime
) -> StoredFile:
    """Keep a newer version of a file in its place; the older one stays for the owner's own circle.

    `version` is the number that the page showed. Raises ChangedMeanwhile, NothingChanged or another FileRefused.
    """
    looked = examined(content=content)
    with transaction.atomic():
        file = _locked(file)
        if version != file.number or not file.is_shown:
            raise ChangedMeanwhile
        if contents.checksum(looked.content) == file.sha256:
            raise NothingChanged
        _refuse_beyond_quota(file.holder, looked)
        file.replaced_at = at
        file.save(update_fields=["replaced_at"])
        # What everyone saw was agreed to by two; the new content has been seen by nobody.
        visibility = file.visibility if file.visibility in _NARROW else Visibility.TEAM
        new = StoredFile(
            owner=file.owner, holder=file.holder, visibility=visibility, first_id=file.series, number=file.number + 1
        )
        new = _written(looked, new, name, at)
        audit.record(
            verb="files.file.replaced", by=by, subject=_told_of(file), at=at, number=new.number,
            kind=str(looked.kind.label), sha256=new.sha256[:12], file=new.pk,
        )  # fmt: skip
        return new


@transaction.atomic
def remove(*, file: StoredFile, reason: str, version: int, by: AbstractBaseUser | None, at: dt.datetime) -> StoredFile:
    """Take a file away with all its versions; the rows stay with the reason.

    The content is deleted by the sweep, unless something signed rests on the owner's files: then it stays for the
    owner's own circle. Raises ReasonMissing or ChangedMeanwhile.
    """
    if not reason.strip():
        raise ReasonMissing
    file = _locked(file)
    if version != file.number or not file.is_shown:
        raise ChangedMeanwhile
    owner = owners.find(file.owner)
    is_kept = owner is not None and owner.something_signed_rests_here
    StoredFile.objects.of_series(file).update(removed_at=at, removed_reason=reason.strip()[:300], has_content=is_kept)
    # The reason may name a person; the trail tells that there is one.
    audit.record(
        verb="files.file.removed" if not is_kept else "files.file.withdrawn", by=by, subject=_told_of(file), at=at,
        number=file.number, sha256=file.sha256[:12], file=file.pk,
    )  # fmt: skip
    file.refresh_from_db()
    return file


@transaction.atomic
def set_visibility(*, file: StoredFile, visibility: str, by: AbstractBaseUser | None, at: dt.datetime) -> StoredFile:
    """Write another visibility of the version that counts; raising is called by what a second person confirmed."""
    file = _locked(file)
    if not file.is_shown:
        raise ChangedMeanwhile
    before = file.visibility
    if before == visibility:
        return file
    file.visibility = visibility
    file.save(update_fields=["visibility"])
    audit.record(
        verb="files.file.visibility", by=by, subject=_told_of(file), at=at,
        before=before, after=visibility, number=file.number, file=file.pk,
    )  # fmt: skip
    return file


@transaction.atomic
def set_quota(*, holder: models.Model, megabytes: int | None, by: AbstractBaseUser | None, at: dt.datetime) -> Quota:
    """Give a body more or less room than the default; None gives the default back. What is kept stays."""
    quota, _made = Quota.objects.update_or_create(holder=reference(holder), defaults={"megabytes": megabytes})
    audit.record(verb="files.quota.set", by=by, subject=holder, at=at, body=holder, megabytes=megabytes)
    return quota


def check_content(*, content: bytes) -> FileType:
    """The type of the content, for forms that want to know early. Raises a FileRefused."""
    return examined(content=content).kind


def examined(*, content: bytes) -> Examined:
    """The type of the content, and the content as it may be kept. Raises a FileRefused."""
    if not content:
        raise EmptyFile
    if len(content) > settings.FILE_UPLOAD_LIMIT:
        raise TooLarge
    found = contents.examine(content)
    if len(found.content) > settings.FILE_UPLOAD_LIMIT:
        # A picture written anew may grow.
        raise TooLarge
    return found


def open_file(*, file: StoredFile) -> IO[bytes]:
    """The content, open for reading; the caller closes it. Raises ContentMissing."""
    try:
        return contents.path_of(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise ContentMissing from error


def sweep_orphans(*, at: dt.datetime) -> int:
    """Remove content that no row keeps and that has been lying for a day; how many were removed."""
    oldest = (at - ORPHAN_AFTER).timestamp()
    old = [path for path in Path(settings.MEDIA_ROOT).glob("??/*") if path.stat().st_mtime < oldest]
    names = [path.name for path in old]
    kept: set[str] = set()
    # A database takes only so many values in one question.
    for begin in range(0, len(names), 500):
        some = names[begin : begin + 500]
        rows = StoredFile.objects.filter(sha256__in=some, has_content=True)
        kept.update(rows.values_list("sha256", flat=True))
    # One that was written again meanwhile is young: its row is about to be.
    orphans = [path for path in old if path.name not in kept and path.stat().st_mtime < oldest]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _refuse_beyond_quota(holder: str, looked: Examined) -> None:
    """Count under the body's lock, held till the end of the transaction: two uploads at once cannot exceed."""
    if not holder:
        return
    Quota.objects.get_or_create(holder=holder)
    Quota.objects.select_for_update().get(holder=holder)
    now = usage(holder)
    same = StoredFile.objects.filter(holder=holder, has_content=True, sha256=contents.checksum(looked.content))
    if len(looked.content) > now.left and not same.exists():
        raise QuotaFull(used=now.used_mb, limit=now.limit_mb)


def _written(looked: Examined, file: StoredFile, name: str, at: dt.datetime) -> StoredFile:
    file.name = contents.clean_name(name, looked.kind)
    file.content_type = looked.kind
    file.size = len(looked.content)
    file.sha256 = contents.write(looked.content)
    file.stored_at = at
    file.save()
    return file


def _locked(file: StoredFile) -> StoredFile:
    """The row as it is now, under a lock."""
    return StoredFile.objects.select_for_update().get(pk=file.pk)


def _told_of(file: StoredFile) -> models.Model:
    """Whose history tells of the file; the file's own where the owner is gone."""
    owner = owners.find(file.owner)
    subject: models.Model = owner.told_of if owner else file
    return subject
