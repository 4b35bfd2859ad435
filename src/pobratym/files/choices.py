"""Types of files that are kept."""

from django.db import models


class FileType(models.TextChoices):
    """Known by their content, never by their name."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"


EXTENSIONS = {FileType.PDF: "pdf", FileType.DOCX: "docx", FileType.PNG: "png", FileType.JPEG: "jpg"}
