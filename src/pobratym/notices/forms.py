"""The page of preferences as a form: it changes only what the person changed on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pobratym.notices.choices import LANGUAGES, Weekday, When
from pobratym.notices.kinds import Kind
from pobratym.notices.models import Correspondence

WAS = "was:"


class Preferences(forms.Form):
    """For each kind when it comes; beside each field what it showed when the page was opened.

    A page that was open for long, or in a second window, takes back nothing that was chosen elsewhere meanwhile.
    """

    def __init__(
        self, data: Any = None, *, kinds: list[Kind], chosen: dict[str, str], correspondence: Correspondence
    ) -> None:
        super().__init__(data)
        for kind in kinds:
            suggested = _("as suggested: %(when)s") % {"when": When(kind.default).label}
            choices = [("", suggested), *When.choices]
            self._add(kind.name, kind.label, choices, chosen.get(kind.name, ""))
        self.kinds = [kind.name for kind in kinds]
        languages = [("", _("by the place of work")), *LANGUAGES]
        self._add("language", _("Language of the letters"), languages, correspondence.language)
        weekday = "" if correspondence.weekday is None else str(correspondence.weekday)
        days = [("", _("as suggested: %(when)s") % {"when": Weekday.MONDAY.label}), *Weekday.choices]
        self._add("weekday", pgettext_lazy("weekly letter", "Day of the weekly letter"), days, weekday)

    def _add(self, name: str, label: Any, choices: Any, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)
        self.fields[WAS + name] = forms.CharField(widget=forms.HiddenInput, required=False, initial=initial)

    def changed(self) -> dict[str, Any]:
        """What differs from what the page showed, as the operation takes it."""
        given = self.cleaned_data
        other = {name: given[name] for name in given if not name.startswith(WAS) and given[name] != given[WAS + name]}
        return {"chosen": {name: other.pop(name) for name in self.kinds if name in other}, **other}
