"""Background work of the limits."""

import datetime as dt

from django_tasks import task

from pobratym.limits import operations


@task()
def sweep(at: str) -> int:
    """Remove meters that say nothing any more."""
    return operations.sweep(at=dt.datetime.fromisoformat(at))


# What the worker does again and again: the task and how often.
PERIODIC = ((sweep, dt.timedelta(minutes=15)),)
