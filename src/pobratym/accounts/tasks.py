"""Background work of accounts."""

import datetime as dt

from django_tasks import task

from pobratym.accounts import operations


@task()
def erase_due(at: str) -> int:
    """Carry out the wishes to be erased whose days are over."""
    return operations.erase_due(at=dt.datetime.fromisoformat(at))


@task()
def apply_retention(at: str) -> dict[str, int]:
    """Empty and delete what was kept long enough."""
    return operations.apply_retention(at=dt.datetime.fromisoformat(at))


PERIODIC = ((erase_due, dt.timedelta(hours=1)), (apply_retention, dt.timedelta(days=1)))
