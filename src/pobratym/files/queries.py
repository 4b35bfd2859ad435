"""Reading stored files."""

from django.db import models

from pobratym.audit.queries import reference
from pobratym.files.models import StoredFile


def files_of(*owners: models.Model) -> models.QuerySet[StoredFile]:
    """The files of the records, oldest first; who may see them is a question for the owner's queries."""
    return StoredFile.objects.filter(owner__in=[reference(owner) for owner in owners]).order_by("pk")
