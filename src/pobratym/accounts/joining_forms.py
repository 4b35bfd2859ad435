"""What an asker, a moderator and a coordinator fill in about first members and office-holders."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.joining import How, RefusalReason
from pobratym.organisations.models import OfficeHolder
from pobratym.territory.forms import PlaceField
from pobratym.ui.forms import DayInput, WebAddressField
from pobratym.vocabulary.choices import Visibility

# These words go into a letter to a council: no address in them that a reader could be led to.
_LEADING_AWAY = re.compile(r"://|www\.|@|[\r\n]", re.IGNORECASE)


def only_words(text: str) -> None:
    """Refuse a link or an address in a name or post."""
    if _LEADING_AWAY.search(text):
        raise ValidationError(_("Write words only, no links and no addresses."))


class Where(forms.Form):
    """For which community somebody asks."""

    place = PlaceField(label=_("Your community"), help_text=_("A name or a code of KATOTTG."))


class AskToJoin(forms.Form):
    """Who asks, and how to answer."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, validators=[only_words],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    post = forms.CharField(
        label=_("Your post in the council"), max_length=160, validators=[only_words],
        help_text=_("As your council will recognise it: head of the department of economy."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your work e-mail"),
        help_text=_("The link to confirm the request goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class Letter(forms.Form):
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=40)
    letter_on = forms.DateField(label=_("Date of the letter"), widget=DayInput)


class Refuse(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=RefusalReason)
    reason_text = forms.CharField(
        label=_("A sentence to the asker"), max_length=300, help_text=_("What would have to change.")
    )


class Verify(forms.Form):
    """By what a moderator knows an address, where nobody asked through the page."""

    email = forms.EmailField(label=_("E-mail of the person"), help_text=_("Only this address can then be invited."))
    how = forms.ChoiceField(
        label=_("By what it was verified"),
        choices=[(how.value, how.label) for how in (How.LETTER, How.REGISTER)],
        widget=forms.RadioSelect,
    )
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=40, required=False)
    letter_on = forms.DateField(label=_("Date of the letter"), widget=DayInput, required=False)
    source_url = WebAddressField(label=_("Page of the register or site"), required=False, max_length=200)


class ShowOffice(forms.Form):
    visibility = forms.ChoiceField(label=_("Who may see it"), choices=Visibility, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, holder: OfficeHolder) -> None:
        super().__init__(data, initial={"visibility": holder.visibility})
