"""The session of a person who has proven to be who they say."""

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from pobratym.accounts.backends import People
from pobratym.accounts.models import User

# What a session knows of itself: when it was opened, last used, and last proven to be its owner's.
OPENED, SEEN, PROVED = "opened_at", "seen_at", "proved_at"

BACKEND = f"{People.__module__}.{People.__qualname__}"


def sign_in(request: HttpRequest, person: User) -> bool:
    """Open a session under a new key; False for an account that may not sign in here (inactive, demonstration)."""
    if not People().user_can_authenticate(person):
        return False
    login(request, person, backend=BACKEND)
    for name in (OPENED, SEEN, PROVED):
        request.session[name] = timezone.now().isoformat()
    return True
