"""Background work of the notices."""

import datetime as dt

from django_tasks import task

from pobratym.notices import operations


@task()
def gather(at: str) -> int:
    """Write the gathered letters whose moment has come (ISO text, because arguments of tasks are stored as JSON)."""
    return operations.gather(at=dt.datetime.fromisoformat(at))


# What the worker does again and again: the task and how often.
PERIODIC = ((gather, dt.timedelta(minutes=1)),)
