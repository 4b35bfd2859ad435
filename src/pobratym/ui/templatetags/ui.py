"""Filters of every page: figures, dates and shares in the way of the present language."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import get_language

from pobratym.vocabulary.choices import Proof

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
UNKNOWN = "—"


@register.filter
def figure(value: Decimal | float | str | None) -> str:
    """A number with the language's separators and without trailing zeros; unknown is a dash, text stays as it is."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        value = value.normalize()
        if value == value.to_integral():
            value = value.quantize(Decimal(1))
    return number_format(value, use_l10n=True, force_grouping=True).replace(" ", NBSP)


@register.filter
def percent(share: Decimal | float | None) -> str:
    """A share of one as whole per cent: «42 %», “42%”."""
    if share is None:
        return UNKNOWN
    return f"{round(share * 100)}{'%' if get_language() == 'en' else NBSP + '%'}"


@register.filter(expects_localtime=True)
def day(value: dt.date | dt.datetime | None) -> str:
    """A date with its month in words: «20 лютого 2024», “20 February 2024”."""
    # E is the month as it stands in a date; in Ukrainian that is the genitive.
    return UNKNOWN if not value else dateformat.format(value, f"j{NBSP}E{NBSP}Y")


@register.filter(expects_localtime=True)
def month(value: dt.date | dt.datetime | None) -> str:
    """A month with its year: «лютий 2024», “February 2024”."""
    if not value:
        return UNKNOWN
    name = dateformat.format(value, "F")
    return f"{name if get_language() == 'en' else name.lower()}{NBSP}{value.year}"


@register.filter(expects_localtime=True)
def dated(value: dt.date | dt.datetime | None, coarse: object) -> str:
    """A date, or only its month where exact dates are not shown."""
    return month(value) if coarse else day(value)


@register.filter(expects_localtime=True)
def moment(value: dt.datetime | None) -> str:
    """A day and the time on it: «27 листопада 2025, 9:30»."""
    return UNKNOWN if not value else f"{day(value)}, {dateformat.format(value, 'G:i')}"


@register.filter
def proof_label(value: str) -> str:
    """The level of proof in words; a wording that is not one of the levels stays as it is."""
    return str(Proof(value).label) if value in Proof.values else str(value)
