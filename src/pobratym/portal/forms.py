"""The form of a signature."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pobratym.organisations.models import OfficeHolder
from pobratym.organisations.queries import who_may_sign
from pobratym.partnerships.models import Party


class Sign(forms.Form):
    """Who signs, on which day, under which decision."""

    office_holder = forms.ModelChoiceField(
        OfficeHolder.objects.none(),
        label=_("Who signs"),
        empty_label=None,
        help_text=_("Office-holders who may sign for your body on this day."),
    )
    signed_on = forms.DateField(
        label=_("Date of the signature"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on the paper; not in the future."),
    )

    def __init__(self, data: Any, *, party: Party, today: dt.date, likely: dt.date) -> None:
        super().__init__(data, initial={"signed_on": likely})
        field: Any = self.fields["office_holder"]
        field.queryset = who_may_sign(party.body, today)
