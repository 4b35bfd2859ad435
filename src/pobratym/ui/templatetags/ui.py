"""Tags and filters of every page: figures, periods, chips."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def figure(value: Decimal | int | None) -> str:
    """A number with the language's separators and without trailing zeros; unknown stays a dash."""
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        value = value.normalize()
        if value == value.to_integral():
            value = value.quantize(Decimal(1))
    return number_format(value, use_l10n=True, force_grouping=True).replace(" ", "\N{NO-BREAK SPACE}")
