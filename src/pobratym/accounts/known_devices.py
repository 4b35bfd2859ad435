"""Devices on which an account has been entered before, known by a signed cookie.

Each account on a device has a random name there. The name is a budget of its own against guessing, so that nobody
elsewhere can spend the owner's tries; without it a sign-in is told of by letter. It opens nothing.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "accounts.known_devices"
LASTS = 180 * 24 * 60 * 60
# A shared office computer; the oldest account is forgotten first.
MOST = 8


def cookie() -> str:
    """The cookie's name; over https one that only this very host can set."""
    return "__Host-known_device" if settings.SESSION_COOKIE_SECURE else "known_device"


def name_of(request: HttpRequest, email: str) -> str:
    """The name of this device for the account with the address; empty if it was never entered here."""
    return _known(request).get(_digest(email), "")


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the device carry a name for the account from now on."""
    known = _known(request)
    name = known.pop(_digest(email), "") or secrets.token_urlsafe(12)
    known[_digest(email)] = name
    newest = dict(list(known.items())[-MOST:])
    response.set_cookie(
        cookie(),
        signing.dumps(newest, salt=SALT),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(cookie(), ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _digest(email: str) -> str:
    """The address cannot be read from the cookie."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:16]
