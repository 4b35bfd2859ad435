"""A field for choosing a place by its code or name; with JavaScript it suggests while one types."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hromadkit import places
from pobratym.territory.choices import COMMUNITIES, Kind
from pobratym.territory.models import Unit
from pobratym.territory.operations import code_refusal
from pobratym.territory.queries import SUGGESTIONS, places_named, search_places


def choice_name(field: str) -> str:
    """The name under which a suggestion is picked; it wins over the text beside it."""
    return f"{field}-choice"


class PlaceInput(forms.TextInput):
    """A text box with suggestions under it, each a radio button with type, raion and oblast."""

    template_name = "territory/_picker.html"

    def __init__(self, kinds: Collection[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kinds = kinds
        # What the field found when it could not decide; set on the copy that each form has.
        self.candidates: Sequence[Unit] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Take the picked suggestion, else the text."""
        return data.get(choice_name(name)) or super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Neither picked nor typed."""
        return choice_name(name) not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show a chosen unit as text that finds it again: its name, or its code where the name repeats.

        It is not a checked radio button: without JavaScript that would outlive a correction of the text.
        """
        chosen = value if isinstance(value, Unit) else None
        context = super().get_context(name, value, attrs)
        context["widget"]["value"] = self._text(chosen) if chosen else value or ""
        return context | {
            "field_name": name,
            "choice_name": choice_name(name),
            "kinds": ",".join(self.kinds),
            "candidates": self.candidates,
            "chosen": chosen,
        }

    def _text(self, unit: Unit) -> str:
        return unit.everyday_name if places_named(unit.everyday_name, self.kinds) == [unit] else unit.code


class PlaceField(forms.Field):
    """A unit of the codifier, by default a community.

    Takes a code or a name. Where a name is not enough, the refusal offers the candidates to pick from.
    """

    default_error_messages = {
        "required": gettext_lazy("Type the name of the place or its KATOTTG code."),
    }

    def __init__(self, *, kinds: Collection[str] = COMMUNITIES, **kwargs: Any) -> None:
        self.kinds = tuple(str(kind) for kind in kinds)
        kwargs.setdefault("widget", PlaceInput(self.kinds))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Turn a code into its unit, so that the box shows a name."""
        if isinstance(value, str) and _is_like_code(value):
            return _unit(value) or value
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare codes."""
        before, after = (getattr(self.prepare_value(value), "pk", value) or "" for value in (initial, data))
        return bool(before != after)

    def to_python(self, value: Any) -> Unit | None:
        """Find the one unit that is meant."""
        if isinstance(value, Unit):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        return self._by_code(text) if _is_like_code(text) else self._by_name(text)

    def _by_code(self, text: str) -> Unit:
        try:
            code = places.check_code(text)
        except places.WrongCode as wrong:
            raise ValidationError(code_refusal(wrong), code="code") from wrong
        unit = Unit.objects.with_parents().get(pk=code)
        if unit.kind not in self.kinds:
            fitting = [above for above in (unit.hromada, unit.raion, unit.oblast) if above and above.kind in self.kinds]
            self._offer(fitting[:1])
            raise ValidationError(
                _("This is the code of another kind of place: %(place)s, %(type)s. Choose what fits or type a name.")
                % {"place": unit.everyday_name, "type": unit.type_name},
                code="kind",
            )
        return unit

    def _by_name(self, text: str) -> Unit:
        named = places_named(text, self.kinds)
        if len(named) == 1:
            return named[0]
        if named:
            self._offer(named[:SUGGESTIONS])
            raise ValidationError(
                _("Several places are named “%(name)s”: pick the one you mean.") % {"name": text}, code="ambiguous"
            )
        similar = search_places(text, self.kinds)
        self._offer(similar)
        if similar:
            raise ValidationError(
                _("No place is named exactly “%(name)s”. Pick one of these or correct the name.") % {"name": text},
                code="unknown",
            )
        raise ValidationError(
            _("No place is named “%(name)s”. Check the spelling, or give the KATOTTG code.") % {"name": text},
            code="unknown",
        )

    def _offer(self, candidates: Sequence[Unit]) -> None:
        if isinstance(self.widget, PlaceInput):
            self.widget.candidates = candidates


def _is_like_code(text: str) -> bool:
    """Names of places have no digits."""
    return any(sign.isdigit() for sign in text)


def _unit(text: str) -> Unit | None:
    try:
        code = places.check_code(text)
    except places.WrongCode:
        return None
    return Unit.objects.with_parents().filter(pk=code).first()


class Suggest(forms.Form):
    """What the suggestions' address takes: whose field asks, which kinds it takes."""

    field = forms.RegexField(r"^[A-Za-z][\w-]{0,60}$", strip=False)
    kinds = forms.CharField(max_length=200, required=False)

    def clean_kinds(self) -> list[str] | None:
        """Known kinds only; none means all."""
        kinds = [kind for kind in self.cleaned_data["kinds"].split(",") if kind]
        if any(kind not in Kind.values for kind in kinds):
            raise ValidationError("kinds")
        return kinds or None
