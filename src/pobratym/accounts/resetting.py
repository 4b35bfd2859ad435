"""The letter with a link for a new password, left to the worker: the answer to its asker takes the same time always."""

from django.utils import timezone
from django_tasks import task

from pobratym.accounts import operations


@task()
def send_reset(email: str, language: str) -> None:
    """Send the link, if the address has an account."""
    operations.send_reset(email=email, language=language, at=timezone.now())
