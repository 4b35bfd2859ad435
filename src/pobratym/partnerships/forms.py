"""What people fill in about partnerships; forms check shape, operations check state."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from pobratym.agreements.models import Agreement, CouncilDecision
from pobratym.files.fields import FileField
from pobratym.organisations.fields import AbroadField
from pobratym.organisations.models import Body
from pobratym.partnerships.choices import Programme, Reply, Stage
from pobratym.partnerships.models import LONGEST_MESSAGE, Commitment, Partnership, Party
from pobratym.territory.forms import PlaceField
from pobratym.ui.forms import WebAddressField
from pobratym.vocabulary.choices import EngagementGroup, Proof


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date by the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, help_text=help_text)


class Whom(forms.Form):
    """A community of Ukraine or one abroad, each by its own field."""

    place = PlaceField(label=_("To which community"), help_text=_("A name or a code of KATOTTG."), required=False)
    abroad = AbroadField(
        label=_("Or to a community abroad"),
        help_text=_("Its name in Ukrainian, English or its own language."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one, here or abroad; a name that was not understood has its own refusal."""
        values = super().clean() or {}
        named = any(values.get(name) for name in ("place", "abroad", "chosen"))
        if not named and not self.errors.keys() & {"place", "abroad"}:
            self.add_error("place", _("Name the community, here or in the field for one abroad."))
        return values


def _with_place(body: Body) -> str:
    """A body as a list of chosen ones shows it."""
    return f"{body.short_name} — {body.name}"


def _numbers(data: Any) -> list[int]:
    """The keys of the bodies that a form names as chosen."""
    sent = data.getlist("chosen") if isinstance(data, MultiValueDict) else []
    # Longer numbers are no keys of any database.
    return [int(number) for number in sent if number.isascii() and number.isdigit() and len(number) < 19]


class Propose(Whom):
    """To whom, about what, and with which first words."""

    by_body = forms.ModelChoiceField(Body.objects.none(), label=_("For whom you propose"), empty_label=None)
    chosen = forms.ModelMultipleChoiceField(
        Body.objects.all(),
        label=_("Communities chosen so far"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave out a community by removing its mark."),
    )
    subject_uk = forms.CharField(
        label=_("What it is about, in Ukrainian"), max_length=200, help_text=_("A few words: economic partnership.")
    )
    subject_en = forms.CharField(label=_("The same in English"), max_length=200, required=False)
    message = forms.CharField(
        label=_("First words to the other side"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_MESSAGE,
        required=False,
        help_text=_("Only the parties read them, here and in the letter."),
    )
    programme = forms.ChoiceField(label=_("Programme"), choices=Programme, initial=Programme.OWN)

    field_order = ("by_body", "chosen", "place", "abroad", "subject_uk", "subject_en", "message", "programme")

    def __init__(
        self, data: Any, *, bodies: QuerySet[Body], initial: dict[str, Any], is_gathering: bool = False
    ) -> None:
        super().__init__(data, initial={"by_body": bodies.first(), **initial})
        field: Any = self.fields["by_body"]
        field.queryset = bodies
        chosen: Any = self.fields["chosen"]
        wanted = _numbers(data) or [body.pk for body in initial.get("chosen", [])]
        # Only what was chosen is listed, in the order of choosing; the rest is found by the two fields.
        chosen.queryset = Body.objects.filter(pk__in=wanted)
        known = chosen.queryset.in_bulk()
        self.order = [number for number in dict.fromkeys(wanted) if number in known]
        chosen.choices = [(number, _with_place(known[number])) for number in self.order]
        if not known:
            chosen.widget = forms.MultipleHiddenInput()
        if is_gathering:
            for name in ("subject_uk", "programme"):
                self.fields[name].required = False

    def clean_chosen(self) -> list[Body]:
        """In the order of choosing, which is the order of the parties."""
        return sorted(self.cleaned_data["chosen"], key=lambda body: self.order.index(body.pk))


class Invite(Whom):
    """One more community for a partnership."""

    field_order = ("place", "abroad")

    def clean(self) -> dict[str, Any]:
        """Each invitation is a step of its own."""
        values = super().clean()
        if values.get("place") and values.get("abroad"):
            self.add_error("abroad", _("Invite one community at a time: leave one of the two fields empty."))
        return values


class ReplyForm(forms.Form):
    reply = forms.ChoiceField(label=_("Your answer"), choices=Reply, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Question or remark"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=2000
    )


class ReplyByLink(ReplyForm):
    given_by = forms.CharField(
        label=_("Who answers"), max_length=200, help_text=_("Name and office; a moderator checks it with your body.")
    )


class Letter(ReplyForm):
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=40)
    letter_on = day(_("Date of the letter"))
    given_by = forms.CharField(label=_("Who signed it"), max_length=200, required=False)


class Response(forms.Form):
    response = forms.CharField(label=_("Your reply"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class Reason(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


def _short_name(party: Party) -> str:
    return party.body.short_name


class CommitmentForm(forms.Form):
    """A promise in a direction; engagement names groups and for whom it is of use."""

    text_uk = forms.CharField(label=_("What is promised, in Ukrainian"), max_length=300)
    text_en = forms.CharField(label=_("The same in English"), max_length=300, required=False)
    party = forms.ModelChoiceField(
        Party.objects.none(), label=_("Who does it"), required=False, empty_label=_("all parties together")
    )
    due_on = day(_("Until when"), required=False)
    target = forms.DecimalField(label=_("Target"), max_digits=14, decimal_places=2, required=False)
    target_unit_uk = forms.CharField(label=_("Unit, in Ukrainian"), max_length=40, required=False)
    target_unit_en = forms.CharField(label=_("Unit, in English"), max_length=40, required=False)
    groups = forms.MultipleChoiceField(
        label=_("Groups"), choices=EngagementGroup, widget=forms.CheckboxSelectMultiple, required=False
    )
    for_whom_uk = forms.CharField(label=_("For whom it is of use, in Ukrainian"), max_length=200, required=False)
    for_whom_en = forms.CharField(label=_("For whom it is of use, in English"), max_length=200, required=False)

    def __init__(
        self, data: Any, *, engages: bool, partnership: Partnership, commitment: Commitment | None = None
    ) -> None:
        initial = {name: getattr(commitment, name) for name in self.base_fields} if commitment else {}
        super().__init__(data, initial=initial)
        party: Any = self.fields["party"]
        party.queryset = partnership.parties.select_related("body")
        party.label_from_instance = _short_name
        if not engages:
            for name in ("groups", "for_whom_uk", "for_whom_en"):
                del self.fields[name]
        if commitment is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=commitment.version)


class Note(forms.Form):
    noted_on = day(_("Day"))
    text_uk = forms.CharField(label=_("What was done, in Ukrainian"), max_length=500)
    text_en = forms.CharField(label=_("The same in English"), max_length=500, required=False)
    file = FileField(label=_("A file that shows it"), required=False)


class ValueForm(forms.Form):
    amount = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=2)
    margin = forms.DecimalField(label=_("Margin of error, ±"), max_digits=14, decimal_places=2, required=False)
    unit_uk = forms.CharField(label=_("Unit, in Ukrainian"), max_length=40)
    unit_en = forms.CharField(label=_("Unit, in English"), max_length=40, required=False)
    period_from = day(_("First day of the period"))
    last_day = day(_("Last day of the period"))
    proof = forms.ChoiceField(label=_("How it is proven"), choices=Proof)
    evidence = forms.CharField(
        label=_("Evidence"), max_length=300, required=False, help_text=_("For every proof above “declared”.")
    )
    file = FileField(label=_("The proof as a file"), required=False)

    def clean_last_day(self) -> dt.date:
        """The calendar ends with the year 9999, and the day after the last is what is recorded."""
        last: dt.date = self.cleaned_data["last_day"]
        if last == dt.date.max:
            raise forms.ValidationError(_("The period is not over yet: record the value when it is."))
        return last

    @property
    def recorded(self) -> dict[str, Any]:
        """The values with a half-open period, as records keep it."""
        values = dict(self.cleaned_data)
        return values | {"period_to": values.pop("last_day") + dt.timedelta(days=1)}


class Done(forms.Form):
    done_on = day(_("Fulfilled on"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, commitment: Commitment) -> None:
        super().__init__(data, initial={"version": commitment.version})


class Decision(forms.Form):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Whose decision"), empty_label=None)
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    decided_on = day(_("Date"))
    title_uk = forms.CharField(label=_("Title, in Ukrainian"), max_length=300)
    title_en = forms.CharField(label=_("Title, in English"), max_length=300, required=False)
    link = WebAddressField(label=_("Address on the council’s site"), required=False)

    def __init__(self, data: Any, *, bodies: QuerySet[Body]) -> None:
        super().__init__(data)
        field: Any = self.fields["body"]
        field.queryset = bodies


class Reach(forms.Form):
    """A stage with its day and what it rests on."""

    stage = forms.ChoiceField(label=_("Stage"), choices=Stage)
    reached_on = day(_("Reached on"))
    agreement = forms.ModelChoiceField(Agreement.objects.none(), label=_("Signed paper"), required=False)
    decisions = forms.ModelMultipleChoiceField(
        CouncilDecision.objects.none(), label=_("Decisions"), widget=forms.CheckboxSelectMultiple, required=False
    )
    document_uk = forms.CharField(label=_("Another document, in Ukrainian"), max_length=200, required=False)
    document_en = forms.CharField(label=_("Another document, in English"), max_length=200, required=False)
    skipped_reason_uk = forms.CharField(
        label=_("Why stages are left out, in Ukrainian"), max_length=300, required=False
    )
    skipped_reason_en = forms.CharField(label=_("Why stages are left out, in English"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, partnership: Partnership) -> None:
        super().__init__(data, initial={"version": partnership.version})
        papers: Any = self.fields["agreement"]
        papers.queryset = partnership.papers.filter(state="signed")
        decisions: Any = self.fields["decisions"]
        decisions.queryset = partnership.decisions.all()


class Condition(forms.Form):
    """To suspend, to resume or to end."""

    what = forms.ChoiceField(
        label=_("What happens"),
        choices=(("suspend", _("It is suspended")), ("resume", _("It goes on")), ("end", _("It ends"))),
        widget=forms.RadioSelect,
    )
    on = day(_("From which day"))
    suspended_to = day(
        _("Until which day it is suspended"),
        required=False,
        help_text=_("For a suspension, if the day is known: on it the partnership goes on."),
    )
    reason_uk = forms.CharField(label=_("Reason, in Ukrainian"), max_length=300, required=False)
    reason_en = forms.CharField(label=_("Reason, in English"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, partnership: Partnership) -> None:
        super().__init__(data, initial={"version": partnership.version})
