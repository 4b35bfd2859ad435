"""What is entered about bodies and terms of office; forms check shape, operations check state."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hromadkit.places import sort_key
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.operations import WITH_BODIES
from pobratym.territory.choices import countries
from pobratym.territory.forms import PlaceField
from pobratym.ui.forms import DayInput, WebAddressField

# Codes of the standard's table that are no countries: unions, currencies, tests.
NO_COUNTRIES = frozenset({"UA", "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
LARGEST_ID = 2_147_483_647


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=required, widget=DayInput)


def _link(label: Any, help_text: Any = "") -> WebAddressField:
    return WebAddressField(label=label, help_text=help_text, required=False, max_length=200)


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput)


class Sourced(forms.Form):
    """A record names the page that publishes it, or says plainly that the source is not known."""

    source_url = _link(_("Source"), _("Address of the page that publishes this."))
    source_unknown = forms.BooleanField(label=_("The source is not known"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        values = super().clean() or {}
        if "source_url" in values and not values["source_url"] and not values.get("source_unknown"):
            self.add_error("source_url", _("Give the source, or mark that it is not known."))
        return values

    @property
    def entered(self) -> dict[str, Any]:
        """The values as operations take them: an empty address is “not known”."""
        return {name: value for name, value in self.cleaned_data.items() if name != "source_unknown"}


class Contacts(forms.Form):
    """How the body is reached: its official address carries confirmations, so its source stands beside it."""

    official_email = forms.EmailField(label=_("Official e-mail"), required=False, max_length=254)
    official_email_source = _link(
        _("Where this address is published"), _("A page of the body’s own site or of a state register.")
    )
    website = _link(_("Website"))

    def clean(self) -> dict[str, Any]:
        """An address without its source could be anybody’s."""
        values = super().clean() or {}
        if values.get("official_email") and "official_email_source" in values and not values["official_email_source"]:
            self.add_error("official_email_source", _("Give the page that publishes the official e-mail."))
        return values


class EnterBody(Contacts, Sourced):
    """A body of a territory in Ukraine."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=[choice for choice in BodyKind.choices if choice[0] != BodyKind.ABROAD]
    )
    unit = PlaceField(
        label=_("For which territory it acts"), kinds=sorted(WITH_BODIES), help_text=_("A name or a code of KATOTTG.")
    )
    name_uk = forms.CharField(label=_("Full name, in Ukrainian"), max_length=200)
    name_en = forms.CharField(label=_("Full name, in English"), max_length=200)
    short_name_uk = forms.CharField(
        label=_("Short name, in Ukrainian"), max_length=80, help_text=_("As people call the community: Калуш.")
    )
    short_name_en = forms.CharField(label=_("Short name, in English"), max_length=80)
    edrpou = forms.CharField(label=_("EDRPOU code"), max_length=8, required=False)
    acts_from = _day(_("Acts from"), _("Leave empty if the day is not known."))

    field_order = (
        "kind", "unit", "name_uk", "name_en", "short_name_uk", "short_name_en", "edrpou", "official_email",
        "official_email_source", "website", "acts_from", "source_url", "source_unknown",
    )  # fmt: skip


class ChangeContacts(Contacts):
    """What a coordinator of the body changes."""

    name_en = forms.CharField(label=_("Full name, in English"), max_length=200)
    short_name_en = forms.CharField(label=_("Short name, in English"), max_length=80)
    version = _version()

    def __init__(self, data: Any, *, body: Body) -> None:
        names = [*self.base_fields]
        super().__init__(data, initial={name: getattr(body, name) for name in names if hasattr(body, name)})
        if "source_unknown" in self.fields:
            self.initial["source_unknown"] = not body.source_url


class ChangeBody(ChangeContacts, Sourced):
    """What a moderator changes; the kind and the territory stay: another body is another record."""

    name_uk = forms.CharField(label=_("Full name, in Ukrainian"), max_length=200)
    short_name_uk = forms.CharField(label=_("Short name, in Ukrainian"), max_length=80)
    edrpou = forms.CharField(label=_("EDRPOU code"), max_length=8, required=False)
    acts_from = _day(_("Acts from"), _("Leave empty if the day is not known."))

    field_order = (
        "name_uk", "name_en", "short_name_uk", "short_name_en", "edrpou", "official_email", "official_email_source",
        "website", "acts_from", "source_url", "source_unknown",
    )  # fmt: skip


class EndBody(forms.Form):
    acts_to = _day(_("First day on which it no longer acts"), required=True)
    version = _version()

    def __init__(self, data: Any, *, body: Body) -> None:
        super().__init__(data, initial={"version": body.version})


class FollowBody(Contacts, Sourced):
    """The body that follows on the same territory."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(kind.value, kind.label) for kind in (BodyKind.MILITARY, BodyKind.COUNCIL)],
    )
    name_uk = forms.CharField(label=_("Full name, in Ukrainian"), max_length=200)
    name_en = forms.CharField(label=_("Full name, in English"), max_length=200)
    acts_from = _day(_("Acts from"), required=True)
    ends_former = forms.BooleanField(
        label=_("The former body ends on this day"),
        required=False,
        help_text=_("The roles of its people end with it. Otherwise both act, a military administration first."),
    )
    edrpou = forms.CharField(label=_("EDRPOU code"), max_length=8, required=False)
    version = _version()

    field_order = (
        "kind", "name_uk", "name_en", "acts_from", "ends_former", "edrpou", "official_email", "official_email_source",
        "website", "source_url", "source_unknown",
    )  # fmt: skip

    def __init__(self, data: Any, *, body: Body) -> None:
        super().__init__(data, initial={"version": body.version})


def country_choices() -> list[tuple[str, str]]:
    """Countries in the order of the present language's alphabet."""
    known = countries((get_language() or "uk")[:2])
    return sorted(((c, n) for c, n in known.items() if c not in NO_COUNTRIES), key=lambda pair: sort_key(pair[1]))


class EnterAbroad(Contacts):
    """A community of another country and the municipality that acts for it."""

    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    place_uk = forms.CharField(label=_("Community, in Ukrainian"), max_length=80)
    place_en = forms.CharField(label=_("Community, in English"), max_length=80)
    place_own = forms.CharField(label=_("Community, in its own language"), max_length=120)
    lau_code = forms.CharField(
        label=_("LAU code"),
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("A LAU code has letters and digits only."))],
        help_text=_("The code of Eurostat’s table of local administrative units."),
    )
    geonames_id = forms.IntegerField(
        label=_("GeoNames number"), min_value=1, required=False, validators=[MaxValueValidator(LARGEST_ID)]
    )
    wikidata_id = forms.CharField(
        label=_("Wikidata number"),
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^Q[1-9][0-9]*$", _("A Wikidata number is a Q with digits: Q7027."))],
    )
    name_uk = forms.CharField(label=_("Full name of the municipality, in Ukrainian"), max_length=200)
    name_en = forms.CharField(label=_("Full name of the municipality, in English"), max_length=200)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The page or the table that these data are from.")
    )

    field_order = (
        "country", "place_uk", "place_en", "place_own", "lau_code", "geonames_id", "wikidata_id", "name_uk", "name_en",
        "official_email", "official_email_source", "website", "source",
    )  # fmt: skip


class EnterHolder(Sourced):
    """Who holds an office, by what mandate, from when till when."""

    person_uk = forms.CharField(label=_("Person, in Ukrainian"), max_length=120)
    person_en = forms.CharField(label=_("Person, in English"), max_length=120)
    post_uk = forms.CharField(label=_("Post, in Ukrainian"), max_length=160)
    post_en = forms.CharField(label=_("Post, in English"), max_length=160)
    mandate = forms.ChoiceField(label=_("By what mandate"), choices=Mandate)
    may_sign = forms.BooleanField(label=_("May sign for the body"), required=False)
    holds_from = _day(_("In office from"), _("Leave empty if the day is not known."))
    holds_to = _day(_("First day out of office"), _("Leave empty while the term lasts or if the day is not known."))

    field_order = (
        "person_uk", "person_en", "post_uk", "post_en", "mandate", "may_sign", "holds_from", "holds_to", "source_url",
        "source_unknown",
    )  # fmt: skip


class ChangeHolder(EnterHolder):
    version = _version()

    def __init__(self, data: Any, *, holder: OfficeHolder) -> None:
        names = [*self.base_fields]
        super().__init__(data, initial={name: getattr(holder, name) for name in names if hasattr(holder, name)})
        self.initial["source_unknown"] = not holder.source_url


class EndHolder(forms.Form):
    holds_to = _day(_("First day out of office"), required=True)
    version = _version()

    def __init__(self, data: Any, *, holder: OfficeHolder) -> None:
        super().__init__(data, initial={"version": holder.version})
