"""The one door through the protection: a demonstration that starts anew."""

from django.conf import settings
from django.db import transaction

from pobratym.audit.models import Actor, Entry, Seal, SealedHead, Sight
from pobratym.audit.protection import lifted


class NotDemonstration(Exception):
    """The trail of real work is never cleared."""


@transaction.atomic
def clear_trail() -> None:
    """Delete everything the trail holds. Raises NotDemonstration unless this is installed as a demonstration.

    Whether the database itself is marked as one is asked by the caller: the mark stands in a higher context.
    """
    if not settings.DEMONSTRATION:
        raise NotDemonstration
    with lifted():
        for model in (Entry, SealedHead, Seal):
            model.objects.all()._raw_delete("default")  # noqa: SLF001  # the public way refuses
    Sight.objects.all().delete()
    Actor.objects.all().delete()
