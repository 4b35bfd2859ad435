"""The session of a person who has proven to be who they say: one proof, or two where a second factor is set up."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from pobratym.accounts import known_devices, operations
from pobratym.accounts.backends import People
from pobratym.accounts.devices import device_of
from pobratym.accounts.models import User
from pobratym.accounts.networks import network_of
from pobratym.accounts.queries import has_factor
from pobratym.ui.pages import go_to

# What a session knows of itself: when it was opened, last used, and last proven to be its owner's.
OPENED, SEEN, PROVED = "opened_at", "seen_at", "proved_at"
# Who has given the first proof and owes the second one; not signed in.
PENDING = "pending_sign_in"
PENDING_LASTS = dt.timedelta(minutes=10)

BACKEND = f"{People.__module__}.{People.__qualname__}"


def sign_in(request: HttpRequest, person: User) -> bool:
    """Open a session under a new key; False for an account that may not sign in here (inactive, demonstration)."""
    if not People().user_can_authenticate(person):
        return False
    login(request, person, backend=BACKEND)
    request.session.pop(PENDING, None)
    for name in (OPENED, SEEN, PROVED):
        request.session[name] = timezone.now().isoformat()
    # The list of sessions, by which its owner sees and ends them.
    UserSession.objects.create_from_request(request)
    return True


def begin(request: HttpRequest, person: User, *, how: str, wanted: str) -> HttpResponse:
    """The first proof was given: ask for the second one, or, where none is set up, enter."""
    if not has_factor(person):
        return enter(request, person, how=how, wanted=wanted)
    # Whoever knew the session's key before knows nothing of what follows.
    request.session.cycle_key()
    request.session[PENDING] = {
        "person": person.pk,
        "hash": person.get_session_auth_hash(),
        "how": how,
        "wanted": wanted,
        "at": timezone.now().isoformat(),
    }
    return go_to(request, "accounts:second_step")


def who_owes(request: HttpRequest) -> User | None:
    """Who has given the first proof within the last minutes and owes the second one."""
    begun = request.session.get(PENDING)
    if begun is None:
        return None
    person = User.objects.filter(pk=begun["person"], is_active=True).first()
    late = timezone.now() - dt.datetime.fromisoformat(begun["at"]) > PENDING_LASTS
    if late or person is None or not constant_time_compare(begun["hash"], person.get_session_auth_hash()):
        del request.session[PENDING]
        return None
    return person


def finish(request: HttpRequest, person: User, *, how: str) -> HttpResponse:
    """The second proof was given: enter."""
    begun = request.session.pop(PENDING)
    return enter(request, person, how=f"{begun['how']}, {how}", wanted=begun["wanted"])


def enter(request: HttpRequest, person: User, *, how: str, wanted: str = "") -> HttpResponse:
    """Open the session, note it, know the device from now on, and go where one wanted to go."""
    first = person.last_login is None
    is_known = first or bool(known_devices.name_of(request, person.email))
    if not sign_in(request, person):
        return go_to(request, "accounts:sign_in")
    operations.note_sign_in(
        person=person,
        how=how,
        is_known=is_known,
        device=device_of(request.META.get("HTTP_USER_AGENT", "")),
        network=network_of(request),
        language=get_language() or "uk",
        at=timezone.now(),
    )
    answer = go_to(request, local(request, wanted) or settings.LOGIN_REDIRECT_URL)
    known_devices.remember(request, answer, person.email)
    return answer


def local(request: HttpRequest, address: str) -> str:
    """The address if it is ours, else empty: nobody is led away by a link to our sign-in page."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""
