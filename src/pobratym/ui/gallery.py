"""What the gallery shows: every component with made-up content, in the states it can have."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pobratym.ui.forms import DayInput
from pobratym.vocabulary.choices import Direction, EngagementGroup, Origin, Proof, Visibility


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component with parameters, shown in both themes: side by side, or one under the other if it needs the width.

    A landmark may stand only once.
    """

    name: str
    template: str
    parameters: dict[str, Any] = field(default_factory=dict)
    once: bool = False
    wide: bool = False


class SampleForm(forms.Form):
    """A field of each kind; sent empty, it shows what a refusal looks like."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As in the register."), max_length=100)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea)
    day = forms.DateField(
        label=gettext_lazy("Day of signing"),
        widget=DayInput,
        help_text=gettext_lazy("Not later than today."),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=[("", "—"), *Direction.choices])
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups"),
        help_text=gettext_lazy("For whom it is of use."),
        choices=EngagementGroup.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may see it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
    )
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=0)
    document = forms.FileField(label=gettext_lazy("Document"), help_text=gettext_lazy("PDF or DOCX."), required=False)
    confirmed = forms.BooleanField(label=gettext_lazy("The council has decided"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=1)


def stages(present: int, *, skipped: int | None = None) -> list[dict[str, str]]:
    """The five stages with the present one, counted from nought."""
    labels = [_("Contact"), _("Intent"), _("Memorandum"), _("Partnership"), _("Twin cities")]
    notes = [
        _("January 2024"),
        _("letter № 112"),
        "20.02.2024",
        _("plan for a year agreed"),
        _("decision of two councils"),
    ]
    found = []
    for number, (label, note) in enumerate(zip(labels, notes, strict=True)):
        state = "done" if number < present else "current" if number == present else "ahead"
        found.append({"label": label, "note": note, "state": state})
    if skipped is not None:
        found[skipped] |= {"note": _("the councils met in person at once"), "state": "skipped"}
    return found


def directions() -> list[dict[str, Any]]:
    """Rows of the table “promised, done, measured”."""
    row = {"url": "#", "text": "", "done": 0, "total": 0, "what": _("commitments"), "value": "", "unit": "", "note": "",
           "proof": "", "origin": Origin.OWN.value}  # fmt: skip
    return [
        row
        | {"title": Direction.ENERGY.label, "text": _("six schools, three on either side"), "done": 4, "total": 5}
        | {"value": 412, "unit": _("MWh"), "note": _("± 38 a year"), "proof": Proof.MEASURED, "origin": "generated"},
        row
        | {"title": Direction.ENGAGEMENT.label, "text": _("specialists are not engaged yet"), "done": 2, "total": 3}
        | {"value": _("4 of 5"), "note": _("groups")},
        row
        | {"title": Direction.JOBS.label, "done": 0, "total": 1}
        | {"value": 9.5, "note": _("full-time jobs"), "proof": Proof.DECLARED, "origin": "generated"},
    ]


def quotations() -> list[dict[str, Any]]:
    """A quotation and a retelling; the speakers are roles."""
    base = {"source_name": _("a public source"), "source_url": "#"}
    return [
        base
        | {"text": _("Together we keep what one alone would lose."), "speaker": _("Head of the first community")}
        | {"office": _("office"), "is_retold": False},
        base
        | {"text": _("Both communities are industrial, and both gain by what the other has tried.")}
        | {"speaker": _("Head of the second community"), "office": _("office"), "is_retold": True},
    ]


def timeline() -> list[dict[str, Any]]:
    """Entries of a chronicle."""
    return [
        {"on": dt.date(2025, 11, 14), "title": _("Six schools saved heat: the record of measurement"), "url": "#"}
        | {"kind": _("result"), "tone": "green", "note": "", "origin": "generated"},
        {"on": dt.date(2024, 2, 20), "title": _("The memorandum is signed"), "url": "#"}
        | {"kind": _("document"), "tone": "wheat", "note": _("Source: the portal"), "origin": "founding"},
    ]


def history() -> list[dict[str, Any]]:
    """Lines of a history."""
    at = dt.datetime(2024, 2, 20, 10, 5, tzinfo=dt.UTC)
    return [{"at": at, "actor": _("Coordinator of the first community"), "sentence": _("The memorandum is signed")}]


EMPTY = {
    "title": gettext_lazy("No commitments yet"),
    "text": gettext_lazy(
        "Here stands what each side promised and what came of it. Begin with one promise and its day."
    ),
    "url": "#",
    "action": gettext_lazy("Write down a promise"),
}


def specimens() -> list[Specimen]:
    """Everything there is, in the order of the look: the stitch first."""
    step = {
        "title": _("Next: the decision of two councils"),
        "text": _("It is the turn of the first community; 18 working days are left."),
        "url": "#",
        "action": _("Prepare the decision"),
        "post": False,
    }
    tags = {
        "tags": [(_("memorandum"), "#"), (_("economy"), "#")],
        "oblasts": [(_("First oblast"), "#"), (_("Second oblast"), "#")],
        "hromadas": [(_("First territorial community"), "#"), (_("Second territorial community"), "#")],
        "source_name": _("a public source"),
        "source_url": "#",
    }
    card = {"kind": _("event"), "date": _("27 November 2025, 9:30"), "title": _("Presentation of a study"), "url": "#"}
    return [
        Specimen("pair.html", "ui/gallery/_pair.html"),
        Specimen("stages.html", "ui/components/stages.html", {"stages": stages(3)}, wide=True),
        Specimen("stages.html · skipped", "ui/components/stages.html", {"stages": stages(2, skipped=1)}),
        Specimen("next.html", "ui/components/next.html", step),
        Specimen("direction.html", "ui/gallery/_directions.html", {"directions": directions()}),
        Specimen("figure.html", "ui/components/figure.html", directions()[0] | {"url": ""}),
        Specimen("progress.html", "ui/components/progress.html", {"done": 2, "total": 4, "what": _("commitments")}),
        Specimen("quote.html", "ui/gallery/_voices.html", {"quotations": quotations()}),
        Specimen("timeline.html", "ui/components/timeline.html", {"entries": timeline()}),
        Specimen("history.html", "ui/components/history.html", {"lines": history()}),
        Specimen("tags.html", "ui/components/tags.html", tags),
        Specimen(
            "card.html", "ui/gallery/_cards.html", {"cards": [card | {"text": _("Online.")}, card | {"text": ""}]}
        ),
        Specimen("empty.html", "ui/components/empty.html", EMPTY),
        Specimen("button, tag, chip", "ui/gallery/_small.html"),
        Specimen("sheet, facts", "ui/gallery/_facts.html"),
        Specimen("table-wrap", "ui/gallery/_table.html", {"rows": directions()}),
        Specimen("map", "ui/gallery/_map.html"),
        Specimen("message", "ui/gallery/_messages.html"),
        Specimen("paper", "ui/gallery/_paper.html"),
        *_navigation(),
    ]


def _navigation() -> list[Specimen]:
    """What leads about; shown once, because it names landmarks of the page."""
    return [
        Specimen(
            "trail.html", "ui/components/trail.html", {"trail": [(_("Communities"), "#"), (_("Oblast"), "")]}, once=True
        ),
        Specimen(
            "tour.html",
            "ui/components/tour.html",
            {"step": 2, "total": 5, "text": _("The second community reads the invitation and answers.")}
            | {"url": "#", "action": _("Next step"), "post": False, "leave_url": "#"},
            once=True,
        ),
        Specimen(
            "pagination.html",
            "ui/components/pagination.html",
            {"page_obj": Paginator(range(60), 20).page(2)},
            once=True,
        ),
        Specimen("print.html", "ui/components/print.html", once=True),
    ]
