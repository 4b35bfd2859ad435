"""Writing and reviewing. Rows of authors, quotations and hromadas are a fixed number of inputs: no script is needed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pobratym.newsroom.choices import PublicationType
from pobratym.newsroom.content import AuthorLine, When, Words
from pobratym.newsroom.models import Publication
from pobratym.newsroom.operations import LIMITS
from pobratym.newsroom.stored import authors_of, hromadas_of, item_of, quotations_of, texts_of
from pobratym.partnerships.models import Partnership
from pobratym.territory.choices import COMMUNITIES, REGIONS
from pobratym.territory.forms import PlaceField
from pobratym.territory.models import Unit
from pobratym.ui.forms import WebAddressField
from pobratym.vocabulary.choices import Direction

AUTHORS, QUOTATIONS, HROMADAS = 2, 3, 3
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


class Day(forms.DateInput):
    """The browser's own calendar; its format is fixed."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class Clock(forms.TimeInput):
    """The browser's own clock."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "time"}, format="%H:%M")


class RegionsField(forms.ModelMultipleChoiceField[Unit]):
    """Oblasts and special cities as boxes."""

    def label_from_instance(self, obj: Any) -> str:
        """“Запорізька область”."""
        return str(obj.everyday_name)


class PartnershipChoice(forms.ModelChoiceField[Partnership]):
    """A partnership by its parties."""

    def label_from_instance(self, obj: Any) -> str:
        """“Калуш — Запоріжжя: економічне партнерство”."""
        return f"{obj.name}: {obj.subject}"


class Text(forms.Form):
    """What the item says; the whole of a translation."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LIMITS["title"])
    lead = forms.CharField(
        label=gettext_lazy("Lead"),
        required=False,
        max_length=LIMITS["lead"],
        help_text=gettext_lazy("One or two sentences that say what happened; at most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        max_length=LIMITS["body"],
        help_text=gettext_lazy("An empty line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 14, "data-prose": ""}),
    )
    source_name = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=LIMITS["source_name"],
        help_text=gettext_lazy("Who told it first. An own text needs no source."),
    )


class Item(Text):
    """All of an item but its rows."""

    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=PublicationType, initial=PublicationType.NEWS)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES, initial="uk")
    dated_on = forms.DateField(
        label=gettext_lazy("Date"),
        input_formats=DAYS,
        widget=Day,
        help_text=gettext_lazy("The day the item speaks of itself; for a reprint, the day of the source."),
    )
    source_url = WebAddressField(label=gettext_lazy("Address of the source"), required=False, max_length=300)
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=600,
        help_text=gettext_lazy("Words or phrases, parted by commas: memorandum, economy."),
    )
    directions = forms.MultipleChoiceField(
        label=gettext_lazy("Directions"),
        required=False,
        choices=Direction,
        widget=forms.CheckboxSelectMultiple,
    )
    oblasts = RegionsField(
        label=gettext_lazy("Oblasts"),
        required=False,
        queryset=Unit.objects.none(),
        help_text=gettext_lazy("Leave empty to take the oblasts of the communities."),
        widget=forms.CheckboxSelectMultiple,
    )
    accepted = forms.ModelMultipleChoiceField(Unit.objects.filter(kind__in=COMMUNITIES), required=False)
    partnership = PartnershipChoice(
        label=gettext_lazy("Partnership"), required=False, queryset=Partnership.objects.none()
    )
    starts_on = forms.DateField(label=gettext_lazy("Begins"), required=False, input_formats=DAYS, widget=Day)
    starts_at = forms.TimeField(
        label=gettext_lazy("At what time"),
        required=False,
        widget=Clock,
        help_text=gettext_lazy("Kyiv time. Leave empty if only the day is known."),
    )
    ends_on = forms.DateField(label=gettext_lazy("Ends"), required=False, input_formats=DAYS, widget=Day)
    ends_at = forms.TimeField(label=gettext_lazy("Until what time"), required=False, widget=Clock)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("In a territory at risk give no address before the event."),
    )
    online_url = WebAddressField(label=gettext_lazy("Address of the broadcast"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oblasts"].queryset = Unit.objects.filter(kind__in=REGIONS).in_order()  # type: ignore[attr-defined]
        self.fields["partnership"].queryset = (  # type: ignore[attr-defined]
            Partnership.objects.visible_to(user).with_parties().order_by("pk")
        )

    def clean(self) -> dict[str, Any]:
        """A time without a day cannot be placed."""
        cleaned = super().clean() or {}
        if (cleaned.get("starts_at") or cleaned.get("ends_on") or cleaned.get("ends_at")) and not cleaned.get(
            "starts_on"
        ):
            self.add_error("starts_on", _("Give the day on which the event begins."))
        return cleaned

    def happening(self) -> When | None:
        """When and where; nothing without a day."""
        given = self.cleaned_data
        if not (starts_on := given["starts_on"]):
            return None
        ends = None
        if given["ends_on"] or given["ends_at"]:
            ends = moment(given["ends_on"] or starts_on, given["ends_at"] or dt.time(23, 59))
        return When(
            starts_at=moment(starts_on, given["starts_at"] or dt.time.min),
            ends_at=ends,
            is_all_day=given["starts_at"] is None,
            place=given["place"],
            online_url=given["online_url"],
        )


class Row(forms.Form):
    """A row of which nothing or all that is needed is filled in; an emptied row is a removed one."""

    needs: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Ask for what is needed once anything stands in the row."""
        cleaned = super().clean() or {}
        if any(cleaned.values()):
            for name in self.needs:
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Fill this in, or empty the row."))
        return cleaned


class AuthorRow(Row):
    """One author."""

    needs = ("name",)

    name = forms.CharField(label=gettext_lazy("Name and surname"), max_length=120, required=False)
    post = forms.CharField(label=gettext_lazy("Post"), max_length=160, required=False)
    institution = forms.CharField(label=gettext_lazy("Institution"), max_length=160, required=False)


class QuotationRow(Row):
    """One quotation."""

    needs = ("text", "speaker")

    text = forms.CharField(
        label=gettext_lazy("Words that were said"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_retold = forms.BooleanField(label=gettext_lazy("Retold in own words"), required=False)
    speaker = forms.CharField(label=gettext_lazy("Who said it"), max_length=120, required=False)
    office = forms.CharField(label=gettext_lazy("Office"), max_length=160, required=False)
    community = PlaceField(label=gettext_lazy("Community"), required=False)
    source_name = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Leave empty if it is the source of the item."),
    )
    source_url = WebAddressField(label=gettext_lazy("Address of the source"), required=False, max_length=300)


class HromadaRow(Row):
    """One hromada."""

    unit = PlaceField(label=gettext_lazy("Community"), required=False)


class CopiedPage(forms.Form):
    """The copied text of a page."""

    page = forms.CharField(
        label=gettext_lazy("The copied page"),
        help_text=gettext_lazy("Select the whole page, from the title to the list of other items, and paste it here."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    source_url = WebAddressField(label=gettext_lazy("Address of the source"), required=False, max_length=300)


class Reason(forms.Form):
    """Why an item is returned or withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A moment of the platform's time zone, Kyiv."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def rows(
    row: type[Row], prefix: str, data: Mapping[str, Any] | None, initial: list[dict[str, Any]], least: int
) -> forms.BaseFormSet[Row]:
    """The filled rows and empty ones up to `least`, one at the least."""
    extra = max(least - len(initial), 1)
    made = forms.formset_factory(row, extra=extra, max_num=20, validate_max=True)
    return made(data, prefix=prefix, initial=initial)


class Texts:
    """The texts of an item with their rows as one form: all that a translation has of its own."""

    form: forms.Form

    def __init__(self, data: Mapping[str, Any] | None, publication: Publication | None) -> None:
        self.form = Text(data, initial=texts_of(publication) if publication else None)
        self.authors = rows(AuthorRow, "authors", data, authors_of(publication), AUTHORS)
        self.quotations = rows(QuotationRow, "quotations", data, quotations_of(publication), QUOTATIONS)

    @property
    def formsets(self) -> list[forms.BaseFormSet[Row]]:
        """The groups of rows."""
        return [self.authors, self.quotations]

    @cached_property
    def is_valid(self) -> bool:
        """Whether every part may be handed on; all are checked, so that all refusals show at once."""
        wrong = [part for part in self.formsets if not part.is_valid()]
        valid = self.form.is_valid()
        if wrong:
            self.form.add_error(None, _("Correct the marked rows of communities, authors or quotations."))
        return valid and not wrong

    def handed_in(self) -> dict[str, Any]:
        """The arguments of the operations."""
        return self.form.cleaned_data | {
            "authors": [AuthorLine(**row) for row in filled(self.authors)],
            "quotations": [Words(**row) for row in filled(self.quotations)],
        }


class Sheet(Texts):
    """A whole item: what a writer sees on one page."""

    form: Item

    def __init__(
        self, data: Mapping[str, Any] | None, publication: Publication | None = None, *, user: object, today: dt.date
    ) -> None:
        super().__init__(data, publication)
        self.form = Item(data, initial=item_of(publication) if publication else {"dated_on": today}, user=user)
        if publication is not None:
            del self.form.fields["language"]
        self.publication = publication
        self.hromadas = rows(HromadaRow, "hromadas", data, hromadas_of(publication), HROMADAS)

    @property
    def formsets(self) -> list[forms.BaseFormSet[Row]]:
        """The groups of rows."""
        return [self.hromadas, *super().formsets]

    def handed_in(self) -> dict[str, Any]:
        """The arguments of the operations."""
        given = super().handed_in()
        for name in ("starts_on", "starts_at", "ends_on", "ends_at", "place", "online_url", "version"):
            given.pop(name, None)
        accepted = given.pop("accepted")
        return given | {
            "tags": [tag for part in given["tags"].split(",") if (tag := part.strip())],
            "oblasts": list(given["oblasts"]) or None,
            "hromadas": list(dict.fromkeys([row["unit"] for row in filled(self.hromadas)] + list(accepted))),
            "happening": self.form.happening(),
        }


def filled(formset: forms.BaseFormSet[Row]) -> list[dict[str, Any]]:
    """Rows in which something stands; a row that was emptied is left out."""
    return [form.cleaned_data for form in formset if any(form.cleaned_data.values())]
