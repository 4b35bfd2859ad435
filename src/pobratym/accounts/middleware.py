"""What holds for every request of a signed-in person: the session's life, and the factor that their role asks for."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pobratym.accounts.networks import network_of
from pobratym.accounts.queries import needs_factor
from pobratym.accounts.signing_in import OPENED, SEEN
from pobratym.ui.pages import ask_to_sign_in, go_to

Answer = Callable[[HttpRequest], HttpResponse]
Answers = Callable[..., HttpResponse]

# How often "last seen" is written: a write at each page would be a price without a use.
NOTED_EVERY = dt.timedelta(minutes=5)


def open_without_factor(view: Answers) -> Answers:
    """Mark a view that helps to set up a factor, or to leave; stands outermost."""
    view.open_without_factor = True  # type: ignore[attr-defined]  # read by `ask_for_factor`
    return view


class follow_session:  # noqa: N801  # reads as a function in the list of settings
    """A session ends after its longest life, however busy it is; until then it knows when it was last used."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, of a session too old as a visitor's."""
        if request.user.is_authenticated:
            at = timezone.now()
            opened = _moment(request, OPENED)
            if opened is not None and at - opened >= settings.SESSION_LASTS:
                logout(request)
                return ask_to_sign_in(request) if request.method == "POST" else self.get_response(request)
            seen = _moment(request, SEEN)
            if seen is not None and at - seen >= NOTED_EVERY:
                request.session[SEEN] = at.isoformat()
                UserSession.objects.filter(session_key=request.session.session_key).update(
                    last_seen_at=at, ip=network_of(request).partition("/")[0]
                )
        return self.get_response(request)


class ask_for_factor:  # noqa: N801  # as above
    """Whose role needs a second factor does nothing before it is set up, by whatever address or method."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the view is known only later."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _arguments: tuple[Any, ...], _named: dict[str, Any]
    ) -> HttpResponse | None:
        """Lead to the page where a factor is set up, unless the view is one of those that help to do it."""
        if not request.user.is_authenticated or getattr(view, "open_without_factor", False):
            return None
        if needs_factor(request.user):
            return go_to(request, "accounts:factors")
        return None


def _moment(request: HttpRequest, name: str) -> dt.datetime | None:
    said = request.session.get(name)
    return dt.datetime.fromisoformat(said) if said else None
