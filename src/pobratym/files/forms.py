"""What people fill in about files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pobratym.files.fields import FileField
from pobratym.files.models import StoredFile
from pobratym.vocabulary.choices import Visibility


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
