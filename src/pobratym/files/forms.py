"""What people fill in about files."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pobratym.files.models import StoredFile
from pobratym.files.refusals import TooLarge
from pobratym.vocabulary.choices import Visibility

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


class Add(forms.Form):
    """A new file; to show it to more people takes a second person later."""

    file = FileField()
    visibility = forms.ChoiceField(
        label=_("Who sees the file"),
        choices=[
            (Visibility.TEAM.value, _("The teams of the parties")),
            (Visibility.RESTRICTED.value, _("Only those who answer for the parties")),
        ],
        initial=Visibility.TEAM,
    )


class Replace(forms.Form):
    """A newer version in place of the one that the page showed."""

    file = FileField(label=_("New version"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, files: Any, *, stored: StoredFile) -> None:
        super().__init__(data, files, initial={"version": stored.number})


class Remove(forms.Form):
    """Take a file away, saying why."""

    reason = forms.CharField(label=_("Why it is removed"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, stored: StoredFile) -> None:
        super().__init__(data, initial={"version": stored.number})
