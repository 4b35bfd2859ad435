"""What every operation here takes and checks: who acts, and a period that has a length."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from pobratym.vocabulary.refusals import Refusal

By = AbstractBaseUser | None


class WrongPeriod(Refusal):
    """An end that does not follow its beginning."""


def check_period(begin: dt.date | None, end: dt.date | None, *, field: str) -> None:
    """Raise WrongPeriod at the field unless the end follows the beginning; an unknown day excludes nothing."""
    if begin is not None and end is not None and end <= begin:
        raise WrongPeriod(_("The end must be after the beginning. Correct one of the two dates."), field=field)
