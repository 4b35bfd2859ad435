"""Background work of the outbox."""

import datetime as dt

from django_tasks import task

from pobratym.outbox import operations


@task()
def deliver(at: str) -> int:
    """Send what is due at the moment (ISO text, because arguments of tasks are stored as JSON)."""
    return operations.deliver(at=dt.datetime.fromisoformat(at))


# What the worker does again and again: the task and how often.
PERIODIC = ((deliver, dt.timedelta(seconds=5)),)
