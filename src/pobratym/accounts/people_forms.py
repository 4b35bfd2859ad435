"""Forms about leaving, standing in and being erased."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import LeavingReason
from pobratym.accounts.forms import BodyChoice
from pobratym.accounts.models import User
from pobratym.organisations.models import Body, BodyQuerySet
from pobratym.ui.forms import DayInput


class HandOver(forms.Form):
    """To whom a role goes: to a colleague, or to an address that is invited."""

    successor = forms.ModelChoiceField(
        label=_("A colleague takes over"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody of these"),
        help_text=_("The role changes hands at once."),
    )
    email = forms.EmailField(
        label=_("Or invite somebody by e-mail"),
        required=False,
        help_text=_("The role changes hands at the moment when the invitation is accepted; until then nothing ends."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, successors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among(self, "successor", successors)


class EndRole(forms.Form):
    """Why a moderator ends the role of a body's last coordinator; empty for every other role."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("choose the reason")), *LeavingReason.choices], required=False
    )


class NameSubstitute(forms.Form):
    """Who stands in, for which body, on which days."""

    body = BodyChoice(label=_("Body"), queryset=Body.objects.none(), empty_label=None)
    substitute = forms.ModelChoiceField(label=_("Who stands in"), queryset=User.objects.none())
    first_day = forms.DateField(label=_("First day of absence"), widget=DayInput())
    last_day = forms.DateField(label=_("Last day of absence"), widget=DayInput())

    def __init__(self, *args: Any, bodies: BodyQuerySet, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among(self, "body", bodies)
        _choose_among(self, "substitute", colleagues)

    def period(self, at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """The days as a half-open period of moments; today begins now, for nobody stood in this morning."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        begin = at if first == timezone.localdate(at) else _midnight(first)
        return begin, _midnight(last + dt.timedelta(days=1))


class AskErasure(forms.Form):
    """The last question before a wish to be erased."""

    understood = forms.BooleanField(label=_("I understand that this cannot be undone after the seven days"))


class AskErasureInWriting(forms.Form):
    """A letter by which a person asks to be erased."""

    email = forms.EmailField(label=_("Address of the account"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=40)
    letter_on = forms.DateField(label=_("Date of the letter"), widget=DayInput())


def _choose_among(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError
    field.queryset = rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
