"""The moments of gathered letters: eight in the morning in Kyiv, each day or on one day of the week."""

import datetime as dt

from django.utils import timezone

HOUR = dt.time(8)


def last_daily(at: dt.datetime) -> dt.datetime:
    """The last moment of a daily letter that has come."""
    day = timezone.localdate(at)
    moment = _moment(day)
    return moment if moment <= at else _moment(day - dt.timedelta(days=1))


def last_weekly(at: dt.datetime, weekday: int) -> dt.datetime:
    """The last moment of a letter on this day of the week that has come."""
    day = timezone.localdate(last_daily(at))
    return _moment(day - dt.timedelta(days=(day.weekday() - weekday) % 7))


def _moment(day: dt.date) -> dt.datetime:
    """By the clock on the wall: the hour stays when summer time begins or ends."""
    return dt.datetime.combine(day, HOUR, timezone.get_default_timezone()).astimezone(dt.UTC)
