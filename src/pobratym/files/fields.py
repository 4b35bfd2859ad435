"""The field by which a form takes a file; forms of other contexts use it too."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from pobratym.files.refusals import TooLarge

FILE = pgettext_lazy("field", "File")


def _limits() -> str:
    return _("At most %(limit)s MB. PDF, DOCX, XLSX, ODT, ODS, pictures, CSV, text, signatures.") % {
        "limit": settings.FILE_UPLOAD_LIMIT // (1024 * 1024)
    }


LIMITS = lazy(_limits, str)()


class FileField(forms.FileField):
    """A file to choose; what it is, is looked at when it is kept."""

    def __init__(self, *, label: Any = FILE, **rest: Any) -> None:
        super().__init__(label=label, max_length=255, allow_empty_file=True, help_text=LIMITS, **rest)


def content_of(upload: UploadedFile) -> bytes:
    """The content, read only if it is not too large. Raises TooLarge."""
    if (upload.size or 0) > settings.FILE_UPLOAD_LIMIT:
        raise TooLarge
    content: bytes = upload.read()
    return content
