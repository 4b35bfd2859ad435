"""Letters about one's own sign-in: they have no preference, because their reader may be the only one to notice."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from pobratym.accounts.models import User
from pobratym.outbox import operations as outbox


def tell_person(
    *, person: User, about: str, key: str, language: str, at: dt.datetime, to: str = "", **data: Any
) -> None:
    """Write the letter `accounts/mail/<about>.txt` to the person's address, or to `to`, once per key."""
    if person.demonstration_role is not None:
        return
    with translation.override(language):
        address = settings.ADDRESS + reverse("accounts:me")
    outbox.queue(
        key=f"accounts.{about}:{key}",
        to=to or person.email,
        template=f"accounts/mail/{about}.txt",
        data={"person": person, "at": at, "me_address": address, **data},
        language=language,
        at=at,
    )
