"""Types of files that are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileType(models.TextChoices):
    """Known by their content, never by their name."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
    ODT = "application/vnd.oasis.opendocument.text", "ODT"
    ODS = "application/vnd.oasis.opendocument.spreadsheet", "ODS"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"
    CSV = "text/csv", "CSV"
    TEXT = "text/plain", _("plain text")
    P7S = "application/pkcs7-signature", _("signature (p7s)")
    ASICS = "application/vnd.etsi.asic-s+zip", "ASiC-S"
    ASICE = "application/vnd.etsi.asic-e+zip", "ASiC-E"


EXTENSIONS = {
    FileType.PDF: "pdf",
    FileType.DOCX: "docx",
    FileType.XLSX: "xlsx",
    FileType.ODT: "odt",
    FileType.ODS: "ods",
    FileType.PNG: "png",
    FileType.JPEG: "jpg",
    FileType.WEBP: "webp",
    FileType.CSV: "csv",
    FileType.TEXT: "txt",
    FileType.P7S: "p7s",
    FileType.ASICS: "asics",
    FileType.ASICE: "asice",
}
PICTURES = frozenset({FileType.PNG, FileType.JPEG, FileType.WEBP})
