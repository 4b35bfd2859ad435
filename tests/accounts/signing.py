"""What the tests of signing in share: the app that shows codes, and a signed-in browser with its own marks."""

import datetime as dt
import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import User
from pobratym.audit.models import Entry

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(at: dt.datetime, secret: str = SECRET) -> str:
    """What the app shows at the moment."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))


def set_up(person: User, at: dt.datetime) -> list[str]:
    """Give the person an app, whose code of the moment is used by that; its recovery codes."""
    return operations.set_up_totp(
        person=person, secret=SECRET, code=code_at(at), session="", language="uk", by=person, at=at
    )


def long_ago() -> dt.datetime:
    """A moment whose code the app does not show any more."""
    return timezone.now() - dt.timedelta(hours=1)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def sign_in(client: Client, person: User, password: str):
    return client.post("/accounts/sign-in/", {"email": person.email, "password": password})


def is_in(client: Client, person: User) -> bool:
    return client.session.get("_auth_user_id") == str(person.pk)


def age_proof(client: Client, age: dt.timedelta = dt.timedelta(minutes=6)) -> None:
    """Let the session's last proof be as old."""
    session = client.session
    session["proved_at"] = (timezone.now() - age).isoformat()
    session.save()


def verbs(person: User) -> list[str]:
    """The trail of the person's account, oldest first."""
    found = Entry.objects.about(f"accounts.user:{person.pk}")
    return [entry.verb.removeprefix("accounts.") for entry in found]
