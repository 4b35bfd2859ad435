"""Commitments and values as a table: a row for each value, one for a commitment without."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from pobratym.partnerships.models import Commitment, Value
from pobratym.partnerships.queries.scorecard import DirectionRow

Cell = str | Decimal | dt.date | None
Day = Callable[[dt.date | None], Cell]


def columns() -> list[str]:
    """The titles in the present language, units and periods each in a column of their own."""
    return [
        _("Direction"),
        _("Commitment"),
        _("Who does it"),
        _("Until when"),
        _("Fulfilled on"),
        _("Groups"),
        _("For whom it is of use"),
        _("Target"),
        _("Target’s unit"),
        _("Origin of the commitment"),
        _("Value"),
        _("Margin of error, ±"),
        _("Unit"),
        _("First day of the period"),
        _("Last day of the period"),
        _("How it is proven"),
        _("Evidence"),
        _("Origin of the value"),
        _("Source"),
    ]


def rows(directions: Iterable[DirectionRow]) -> list[list[Cell]]:
    """The table of what a scorecard shows its reader, in its order; where it is coarse, days are months."""
    found: list[list[Cell]] = []
    for row in directions:
        day = _month if row.coarse else _day
        for line in row.commitments:
            promised = [row.label, *_promise(line.commitment, day)]
            values: list[Value | None] = [*line.values] or [None]
            found += [[*promised, *_measured(value, day), _source(row)] for value in values]
    return found


def _promise(commitment: Commitment, day: Day) -> list[Cell]:
    return [
        commitment.text,
        commitment.party.body.name if commitment.party else _("all parties together"),
        day(commitment.due_on),
        day(commitment.done_on),
        ", ".join(commitment.group_labels),
        commitment.for_whom,
        commitment.target,
        commitment.target_unit,
        commitment.get_origin_display(),
    ]


def _measured(value: Value | None, day: Day) -> list[Cell]:
    if value is None:
        return [None] * 8
    return [
        value.amount,
        value.margin,
        value.unit,
        day(value.period_from),
        day(value.last_day),
        value.get_proof_display(),
        value.evidence,
        value.get_origin_display(),
    ]


def _source(row: DirectionRow) -> str:
    """The page that the figure stands on."""
    return f"{settings.ADDRESS}{row.url}"


def _day(value: dt.date | None) -> Cell:
    return value


def _month(value: dt.date | None) -> Cell:
    return f"{value:%m.%Y}" if value else None
