"""Forms look the same everywhere: label, help, refusal next to the field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy, gettext_noop

# Django's own sentence, named here so that our catalogue says it as a request.
REQUIRED = gettext_noop("This field is required.")


class Renderer(TemplatesSetting):
    """Django's forms through our components."""

    form_template_name = "ui/components/form.html"
    field_template_name = "ui/components/field.html"


class DayInput(forms.DateInput):
    """A date by the browser's own picker, which reads and writes ISO dates only."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A date and time by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def without_name(address: str) -> None:
    """Refuse a name or password in an address: it would be published, or make a foreign site look like ours."""
    if "@" in address.partition("//")[2].partition("/")[0].partition("?")[0].partition("#")[0]:
        raise ValidationError(gettext_lazy("Leave out what stands before the @ in the address of the page."))


class WebAddressField(forms.URLField):
    """The address of a page: http or https, without names or passwords. Every such field of ours is one."""

    default_validators = [URLValidator(schemes=["http", "https"]), without_name]

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)
