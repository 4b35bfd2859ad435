"""Spending from a meter, giving back and sweeping.

The algorithm is GCRA, the generic cell rate algorithm in its virtual scheduling form (ITU-T I.371, annex A; ATM Forum
Traffic Management 4.0, section 4.4.2): one number per key, the moment until which the meter is busy. A unit moves it
by `window / limit`; a unit that would move it further ahead than `window` is refused and moves nothing. So `limit`
units may come at once, then one each `window / limit`; no window sees more than twice the limit; and whoever goes on
trying while refused does not prolong the wait.
"""

import datetime as dt
import hashlib
import hmac
import math
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from pobratym.limits.models import Meter

DAY = dt.timedelta(days=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)

# One statement, so that two processes cannot both take the last unit. In both databases the row is locked by the
# upsert; a refused unit returns no row.
SPEND = {
    "sqlite": """
        INSERT INTO limits_meter (key, busy_until) VALUES (%(key)s, %(now)s + %(cost)s)
        ON CONFLICT (key) DO UPDATE SET busy_until = max(limits_meter.busy_until, %(now)s) + %(cost)s
        WHERE max(limits_meter.busy_until, %(now)s) + %(cost)s <= %(now)s + %(window)s
        RETURNING busy_until
    """,
    "postgresql": """
        INSERT INTO limits_meter (key, busy_until) VALUES (%(key)s, %(now)s + %(cost)s)
        ON CONFLICT (key) DO UPDATE SET busy_until = greatest(limits_meter.busy_until, %(now)s) + %(cost)s
        WHERE greatest(limits_meter.busy_until, %(now)s) + %(cost)s <= %(now)s + %(window)s
        RETURNING busy_until
    """,
}


@dataclass(frozen=True)
class Verdict:
    """Whether the unit was granted; if not, after how many whole seconds one will be."""

    allowed: bool
    retry_after: int = 0


def spend_unit(*, key: str, limit: int, window: dt.timedelta, at: dt.datetime) -> Verdict:
    """Take one unit of `key`, which has `limit` of them per `window`; never in a transaction of the caller's.

    A caller's rollback would give the unit back, and its long transaction would make all others wait for the row.
    """
    cost = window // MICROSECOND // limit
    now = (at - EPOCH) // MICROSECOND
    values: dict[str, str | int] = {"key": _pseudonym(key, at), "now": now, "cost": cost, "window": cost * limit}
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(SPEND[connection.vendor], values)
        if cursor.fetchone() is not None:
            return Verdict(allowed=True)
    return Verdict(allowed=False, retry_after=wait_for(key=key, limit=limit, window=window, at=at))


def wait_for(*, key: str, limit: int, window: dt.timedelta, at: dt.datetime) -> int:
    """After how many whole seconds the next unit of `key` will be granted; 0 for now. Spends nothing."""
    cost = window // MICROSECOND // limit
    now = (at - EPOCH) // MICROSECOND
    busy = Meter.objects.filter(pk=_pseudonym(key, at)).values_list("busy_until", flat=True).first() or 0
    return math.ceil(max(0, max(busy, now) + cost - now - cost * limit) / 1_000_000)


@transaction.atomic
def give_back(*, key: str, at: dt.datetime) -> None:
    """Empty the meter of `key`: what was counted turned out to be rightful."""
    Meter.objects.filter(pk=_pseudonym(key, at)).delete()


@transaction.atomic
def sweep(*, at: dt.datetime) -> int:
    """Remove the meters whose moment has passed; how many."""
    return Meter.objects.filter(busy_until__lt=(at - EPOCH) // MICROSECOND).delete()[0]


def _pseudonym(key: str, at: dt.datetime) -> str:
    """What the table holds instead of the key: nothing to trace a person or an address by, and new each day.

    A budget therefore begins anew at midnight (UTC), which at worst doubles it once.
    """
    salt = f"limits {at.astimezone(dt.UTC):%Y-%m-%d} {settings.SECRET_KEY}"
    return hmac.new(salt.encode(), key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
