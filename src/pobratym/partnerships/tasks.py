"""Background work of the partnerships."""

import datetime as dt

from django_tasks import task

from pobratym.partnerships import operations


@task()
def remind_overdue(at: str) -> int:
    """Tell of commitments whose day has passed (ISO text, because arguments of tasks are stored as JSON)."""
    return operations.remind_overdue(at=dt.datetime.fromisoformat(at))


# What the worker does again and again: the task and how often.
PERIODIC = ((remind_overdue, dt.timedelta(hours=6)),)
