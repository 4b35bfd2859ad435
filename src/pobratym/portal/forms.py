"""The form of a signature."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pobratym.organisations.models import OfficeHolder
from pobratym.organisations.operations.takedown import pattern_for
from pobratym.organisations.queries import who_may_sign
from pobratym.partnerships.models import Party
from pobratym.vocabulary.refusals import Refusal


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


class TakeDown(forms.Form):
    """By what an enterprise is found, and on what ground it goes out of sight."""

    edrpou = forms.CharField(
        label=_("EDRPOU code"), max_length=8, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    names = forms.CharField(
        label=_("Names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One to a line: full and short, Ukrainian and English, and forms whose stem differs. Endings are found by"
            " themselves."
        ),
    )
    ground = forms.CharField(
        label=_("Ground"), max_length=300, help_text=_("The order’s number and date. It stands in the history.")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse early what the operation would refuse."""
        given = super().clean() or {}
        if self.errors:
            return given
        given["names"] = [line.strip() for line in given["names"].splitlines() if line.strip()]
        try:
            given["pattern"] = pattern_for(edrpou=given["edrpou"], names=given["names"], ground=given["ground"])
        except Refusal as refusal:
            self.add_error(refusal.field, str(refusal))
        return given


class Lift(forms.Form):
    """On what ground an order ends."""

    ground = forms.CharField(label=_("Ground"), max_length=300, help_text=_("The act that ends the order."))
