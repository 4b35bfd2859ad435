"""Forms on a paper's text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pobratym.agreements.models import AgreementText


class Agree(forms.Form):
    """Consent to the version that was read."""

    text_number = forms.IntegerField(widget=forms.HiddenInput)


class Revise(forms.Form):
    """The newest text, a field for each section and language; paragraphs are separated by an empty line."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, text: AgreementText, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.sections = text.sections
        for number, section in enumerate(self.sections):
            for language, label in (("uk", _("%(title)s, in Ukrainian")), ("en", _("%(title)s, in English"))):
                self.fields[f"section_{number}_{language}"] = forms.CharField(
                    label=label % {"title": section["title_uk"]},
                    widget=forms.Textarea(attrs={"rows": 6}),
                    initial="\n\n".join(section[f"paragraphs_{language}"]),
                    required=language == "uk",
                )

    @property
    def revised(self) -> list[dict[str, Any]]:
        """The sections as the form now has them."""
        return [
            section
            | {
                f"paragraphs_{language}": paragraphs(self.cleaned_data[f"section_{number}_{language}"])
                for language in ("uk", "en")
            }
            for number, section in enumerate(self.sections)
        ]


def paragraphs(text: str) -> list[str]:
    """Text to paragraphs: an empty line separates them."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
