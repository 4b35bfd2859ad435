"""Background work of the files."""

import datetime as dt

from django_tasks import task

from pobratym.files import operations


@task()
def sweep_orphans(at: str) -> int:
    """Remove content that no row names."""
    return operations.sweep_orphans(at=dt.datetime.fromisoformat(at))


PERIODIC = ((sweep_orphans, dt.timedelta(days=1)),)
