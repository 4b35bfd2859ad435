"""When a notice comes, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class When(models.TextChoices):
    """A letter at once, one letter with all of a day or a week, or none."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    OFF = "off", _("never")


class NoticeState(models.TextChoices):
    """Waits for the next digest, was put into a letter, or was dropped: not wished, or no longer to be seen."""

    WAITING = "waiting", _("waits for the next digest")
    TOLD = "told", _("told")
    DROPPED = "dropped", _("dropped")


class Weekday(models.IntegerChoices):
    """The day of the weekly letter, numbered as Python does."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


LANGUAGES = (("uk", _("Ukrainian")), ("en", _("English")))
