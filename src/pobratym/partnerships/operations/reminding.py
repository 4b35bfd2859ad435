"""Reminding of commitments whose day has passed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from pobratym.partnerships import telling
from pobratym.partnerships.models import Commitment

# A commitment is told of in its first week after the day; what is older was told of, or was entered as overdue.
FIRST_DAYS = dt.timedelta(days=7)


@transaction.atomic
def remind_overdue(*, at: dt.datetime) -> int:
    """Tell of each commitment of a going partnership whose day has just passed; how many there are."""
    today = timezone.localdate(at)
    passed = Commitment.objects.filter(
        due_on__lt=today, due_on__gte=today - FIRST_DAYS, done_on=None, partnership__ended_on=None
    )
    found = list(passed.select_related("party", "partnership").order_by("pk"))
    for commitment in found:
        telling.overdue(commitment, at=at)
    return len(found)
