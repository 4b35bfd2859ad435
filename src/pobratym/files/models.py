"""Stored files: content under its checksum, type by content, visibility of its owner."""

from django.db import models

from pobratym.files.choices import FileType
from pobratym.vocabulary.choices import Visibility


class StoredFile(models.Model):
    """A file that belongs to a record, named by reference; served only through the owner's view."""

    owner = models.CharField(max_length=120, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120, choices=FileType)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.TEAM)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
