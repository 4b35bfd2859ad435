"""Keeping files: type by content, limit, checksum; content is written before its row and swept if no row names it."""

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
from pobratym.files.choices import FileType
from pobratym.files.models import StoredFile
from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import Refusal

# Content without a row is an orphan of a transaction that rolled back; an open one may still write its row.
ORPHAN_AFTER = dt.timedelta(days=1)


class WrongType(Refusal):
    """Not one of the types that we keep."""

    field = "file"

    def __init__(self) -> None:
        allowed = ", ".join(FileType.labels)
        super().__init__(
            _("Files of this type are not kept. Save it as one of: %(allowed)s (DOCX without macros).")
            % {"allowed": allowed}
        )


class TooLarge(Refusal):
    """More than the limit."""

    field = "file"
    status = 413

    def __init__(self) -> None:
        limit = settings.FILE_UPLOAD_LIMIT // (1024 * 1024)
        super().__init__(
            _("The file is larger than %(limit)s MB. Make it smaller, for example with fewer or smaller pictures.")
            % {"limit": limit}
        )


class EmptyFile(Refusal):
    """Nothing in it."""

    field = "file"

    def __init__(self) -> None:
        super().__init__(_("The file is empty. Choose it again."))


class ContentMissing(Refusal):
    """The row is there, its content is not."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("The file’s content is missing on the server. Tell a moderator."))


@transaction.atomic
def store(
    *,
    content: bytes,
    name: str,
    owner: models.Model,
    visibility: str = Visibility.TEAM,
    by: AbstractBaseUser | None,
    at: dt.datetime,
) -> StoredFile:
    """Keep a file of `owner`, a saved record. Raises EmptyFile, TooLarge or WrongType.

    Content is written whole under its checksum before the row. If the transaction rolls back, it stays as a harmless
    orphan: no address leads to it, and the daily sweep removes it.
    """
    kind = check_content(content=content)
    file = StoredFile.objects.create(
        owner=reference(owner),
        name=contents.clean_name(name, kind),
        content_type=kind,
        size=len(content),
        sha256=contents.write(content),
        visibility=visibility,
        stored_at=at,
    )
    # The name may hold a person's; the trail tells the type and the checksum.
    audit.record(
        verb="files.file.stored", by=by, subject=owner, at=at, kind=kind.label, sha256=file.sha256[:12], file=file.pk
    )
    return file


def check_content(*, content: bytes) -> FileType:
    """The type of the content, for forms that want to know early. Raises EmptyFile, TooLarge or WrongType."""
    if not content:
        raise EmptyFile
    if len(content) > settings.FILE_UPLOAD_LIMIT:
        raise TooLarge
    kind = contents.type_of(content)
    if kind is None:
        raise WrongType
    return kind


def open_file(*, file: StoredFile) -> IO[bytes]:
    """The content, open for reading; the caller closes it. Raises ContentMissing."""
    try:
        return contents.path_of(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise ContentMissing from error


def sweep_orphans(*, at: dt.datetime) -> int:
    """Remove content that no row names and that has been lying for a day; how many were removed."""
    old = [
        path
        for path in Path(settings.MEDIA_ROOT).glob("??/*")
        if path.stat().st_mtime < (at - ORPHAN_AFTER).timestamp()
    ]
    named = set(StoredFile.objects.filter(sha256__in=[path.name for path in old]).values_list("sha256", flat=True))
    orphans = [path for path in old if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
