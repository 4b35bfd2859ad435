"""What can be taken out of the product."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Export(models.TextChoices):
    """Kinds of exports that leave a note."""

    PAPER = "paper", _("Paper as a document")
    ARCHIVE = "archive", _("Archive of a person’s data")
    SEAL = "seal", _("Seal of the trail")
    TABLE = "table", _("Table")
