"""Leases: work that one process does until a moment passes."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q

from pobratym.outbox.models import Lease


def acquire_lease(*, name: str, holder: str, at: dt.datetime, lasts: dt.timedelta, renew: bool = True) -> bool:
    """Take or, with `renew`, prolong a lease; False while another one (or an unfinished turn) holds it."""
    free = Q(until__lte=at)
    if renew:
        free |= Q(holder=holder)
    if Lease.objects.filter(free, name=name).update(holder=holder, until=at + lasts):
        return True
    try:
        with transaction.atomic():
            _lease, made = Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": at + lasts})
    except IntegrityError:
        return False
    return made


def release_lease(*, name: str, holder: str) -> None:
    """Give a lease back, so that the next process need not wait for its end."""
    Lease.objects.filter(name=name, holder=holder).delete()
