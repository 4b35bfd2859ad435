"""Background work of the trail: a seal a day, and a check of the whole trail against all seals."""

import datetime as dt
import logging

from django_tasks import task

from pobratym.audit import operations
from pobratym.audit.checking import check

logger = logging.getLogger(__name__)


@task()
def seal(at: str) -> int:
    """Write the day's seal; its number."""
    return operations.seal(at=dt.datetime.fromisoformat(at)).number


@task()
def check_trail(at: str) -> int:  # noqa: ARG001  # the moment of every periodic task
    """Check everything and log what is wrong; the number of findings."""
    report = check()
    for finding in report.findings:
        logger.error("The trail is not sound: %s", finding.sentence())
    return report.found


PERIODIC = ((seal, dt.timedelta(days=1)), (check_trail, dt.timedelta(days=1)))
