"""Where one is signed in, and ending it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pobratym.accounts import operations, queries
from pobratym.accounts.devices import device_of
from pobratym.accounts.models import User
from pobratym.accounts.own import own
from pobratym.ui.pages import go_to, signed_in


@signed_in
@own
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions with device, time and rough place; this one is marked."""
    found = queries.living_sessions_of(cast("User", request.user), timezone.now())
    for session in found:
        session.device = device_of(session.user_agent)
        session.is_mine = session.session_key == request.session.session_key
    return render(request, "accounts/sessions.html", {"section": "me", "sessions": found})


@signed_in
@own
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's sessions."""
    person = cast("User", request.user)
    session = get_object_or_404(queries.sessions_of(person), pk=pk)
    operations.end_session(session=session, by=person, at=timezone.now())
    messages.success(request, _("The session is ended."))
    return go_to(request, "accounts:sessions")


@signed_in
@own
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    person = cast("User", request.user)
    operations.end_other_sessions(person=person, keep=request.session.session_key or "", by=person, at=timezone.now())
    messages.success(request, _("All other sessions are ended."))
    return go_to(request, "accounts:sessions")
