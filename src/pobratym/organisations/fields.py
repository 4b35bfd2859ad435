"""A field for choosing a municipality abroad by its name; with JavaScript it suggests while one types."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from pobratym.organisations.choices import BodyKind
from pobratym.organisations.listing import abroad_named
from pobratym.organisations.models import Body

SUGGESTIONS = 10
# One letter matches most names.
SHORTEST = 2


def choice_name(field: str) -> str:
    """The name under which a suggestion is picked; it wins over the text beside it."""
    return f"{field}-choice"


class AbroadInput(forms.TextInput):
    """A text box with suggestions under it, each a radio button with its country."""

    template_name = "organisations/_abroad.html"

    # What the field found when it could not decide; set on the copy that each form has.
    candidates: Sequence[Body] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Take the picked suggestion, else the text."""
        return data.get(choice_name(name)) or super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Neither picked nor typed."""
        return choice_name(name) not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show a chosen body by its name: a checked radio button would outlive a correction of the text."""
        context = super().get_context(name, value, attrs)
        picked = _by_number(str(value)) if value and str(value).isdigit() else None
        context["widget"]["value"] = picked.short_name if picked else value or ""
        return context | {"field_name": name, "choice_name": choice_name(name), "candidates": self.candidates}


class AbroadField(forms.Field):
    """A municipality abroad that acts today, by its name in Ukrainian, English or its own language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", AbroadInput())
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Body | None:
        """Find the one body that is meant, or offer those that may be."""
        text = str(value or "").strip()
        if not text:
            return None
        if text.isdigit():
            body = _by_number(text)
            if body is None:
                raise ValidationError(_("This municipality is not found. Type its name."), code="unknown")
            return body
        found = abroad_named(text, timezone.localdate()) if len(text) >= SHORTEST else []
        if len(found) == 1:
            return found[0]
        if isinstance(self.widget, AbroadInput):
            self.widget.candidates = found[:SUGGESTIONS]
        if found:
            raise ValidationError(
                _("Several municipalities have such a name: pick the one you mean."), code="ambiguous"
            )
        raise ValidationError(
            _("No municipality abroad is entered under “%(name)s”. Check the spelling, or ask a moderator to enter it.")
            % {"name": text[:80]},
            code="unknown",
        )


def _by_number(text: str) -> Body | None:
    acting = Body.objects.acting(timezone.localdate()).filter(kind=BodyKind.ABROAD)
    # Longer numbers are no keys of any database.
    return acting.select_related("abroad").filter(pk=int(text)).first() if text.isascii() and len(text) < 19 else None
