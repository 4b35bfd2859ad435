"""Signing in and out, and the answer to an invitation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pobratym.accounts import forms, operations
from pobratym.accounts.models import User
from pobratym.accounts.signing_in import sign_in as open_session
from pobratym.ui.pages import go_to, page, public


def who_asks(request: HttpRequest) -> User | None:
    """The person who asks, None for a visitor."""
    return request.user if isinstance(request.user, User) else None


def _local(request: HttpRequest, address: str) -> str:
    """The address if it is ours, else empty: nobody is led away by a link to our sign-in page."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else ""


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password and go where one wanted to go."""
    wanted = _local(request, request.GET.get("next", ""))
    if request.method == "GET" and who_asks(request) is not None:
        return go_to(request, wanted or settings.LOGIN_REDIRECT_URL)
    form = forms.SignIn(request.POST or None, initial={"next": wanted})
    if form.is_valid() and form.person is not None and open_session(request, form.person):
        return go_to(request, _local(request, form.cleaned_data["next"]) or settings.LOGIN_REDIRECT_URL)
    return page(request, "accounts/sign_in.html", {}, form=form)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; by POST only, so that no picture on a foreign page can do it."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return go_to(request, settings.LOGOUT_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with a name and a password, or by one button if one has an account."""
    at = timezone.now()
    try:
        found = operations.check_invitation(token=token, by=who_asks(request), at=at)
    except operations.AccountExists as refusal:
        return render(request, "accounts/invitation_account.html", {"sentence": str(refusal)}, status=refusal.status)
    known = who_asks(request)
    form = None if known else forms.AcceptInvitation(request.POST or None, email=found.email)
    if request.method == "POST" and (form is None or form.is_valid()):
        values = form.cleaned_data if form else {}
        person = operations.accept_invitation(token=token, by=known, at=at, **values)
        open_session(request, person)
        messages.success(request, _("Welcome. You can begin."))
        return go_to(request, settings.LOGIN_REDIRECT_URL)
    return page(request, "accounts/invitation.html", {"invitation": found, "form": form}, form=form)
