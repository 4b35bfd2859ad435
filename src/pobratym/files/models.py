"""Stored files: content under its checksum, type by content, versions, visibility within its owner's."""

from django.db import models
from django.db.models import Q

from pobratym.files.choices import FileType
from pobratym.vocabulary.choices import Visibility


class FileQuerySet(models.QuerySet["StoredFile"]):
    def shown(self) -> "FileQuerySet":
        """The newest versions of what was not removed."""
        return self.filter(replaced_at=None, removed_at=None)

    def of_series(self, file: "StoredFile") -> "FileQuerySet":
        """All versions of a file."""
        return self.filter(Q(pk=file.series) | Q(first_id=file.series))


class StoredFile(models.Model):
    """One version of a file that belongs to a record, named by reference; served only by the owner's permission.

    `holder` is the body whose quota it counts for. A removed file's row stays; its content only if something signed
    rests on it.
    """

    owner = models.CharField(max_length=120, db_index=True)
    holder = models.CharField(max_length=120, blank=True, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120, choices=FileType)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    stored_at = models.DateTimeField()
    # The database itself refuses to lose a version that others follow.
    first = models.ForeignKey("self", models.DO_NOTHING, null=True, blank=True, related_name="later")
    number = models.PositiveIntegerField(default=1)
    replaced_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_reason = models.CharField(max_length=300, blank=True)
    has_content = models.BooleanField(default=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("first", "number"), name="file_version_once"),
            models.CheckConstraint(
                condition=Q(first=None, number=1) | (~Q(first=None) & Q(number__gt=1)), name="file_first_is_number_one"
            ),
            models.CheckConstraint(
                condition=Q(has_content=True) | ~Q(removed_at=None), name="file_without_content_was_removed"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def series(self) -> int:
        """What all versions of the file have in common: the key of the first."""
        return self.first_id or self.pk

    @property
    def is_shown(self) -> bool:
        """Whether it is the version that counts."""
        return self.replaced_at is None and self.removed_at is None


class Quota(models.Model):
    """How much a body may keep; the row is also the lock under which its files are counted."""

    holder = models.CharField(max_length=120, unique=True)
    megabytes = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.holder}: {self.megabytes}"
