"""Signing in and out, and the answer to an invitation."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from pobratym.accounts import forms, oidc, operations, passkeys, proving, queries
from pobratym.accounts.choices import Proof
from pobratym.accounts.middleware import open_without_factor
from pobratym.accounts.models import User
from pobratym.accounts.signing_in import begin, enter, finish, local, who_owes
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, page, public, refuse
from pobratym.vocabulary.refusals import Refusal


class NotRecognised(Refusal):
    """No account has this address and password together."""

    status = 422

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Address and password do not match an account. Check both and try again."))


def who_asks(request: HttpRequest) -> User | None:
    """The person who asks, None for a visitor."""
    return request.user if isinstance(request.user, User) else None


@public
@never_cache
@sensitive_post_parameters("password")
@limited("sign_in")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by address and password and go where one wanted to go."""
    wanted = local(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "GET" and who_asks(request) is not None:
        return go_to(request, wanted or settings.LOGIN_REDIRECT_URL)
    form = forms.SignIn(request.POST or None, initial={"next": wanted})
    if form.is_valid():
        try:
            person = _recognised(request, form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return begin(request, person, how=Proof.PASSWORD.value, wanted=wanted)
    return _sign_in_page(request, form, wanted)


def _sign_in_page(request: HttpRequest, form: forms.SignIn, wanted: str) -> HttpResponse:
    provider = oidc.configured()
    shown = {"wanted": wanted, "provider": provider.name if provider else ""}
    return page(request, "accounts/sign_in.html", shown, form=form)


def _recognised(request: HttpRequest, entered: dict[str, Any]) -> User:
    """Whose address and password these are; the same work for a known and an unknown address."""
    email, at = entered["email"].lower(), timezone.now()
    proving.count_try(request, email, email, at)
    found = authenticate(None, username=email, password=entered["password"])
    if not isinstance(found, User):
        raise NotRecognised
    proving.was_right(request, email, email, at)
    return found


@public
@never_cache
@limited("sign_in")
@require_http_methods(["GET", "POST"])
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """GET gives the question to the device; its answer, sent by the page's form, signs in by itself."""
    if request.method == "GET":
        return HttpResponse(passkeys.to_prove(None), content_type="application/json")
    wanted = local(request, request.POST.get("next", ""))
    try:
        factor = passkeys.proven(None, request.POST.get("credential", ""))
    except passkeys.NotProven as refusal:
        messages.error(request, str(refusal))
        answer = _sign_in_page(request, forms.SignIn(initial={"next": wanted}), wanted)
        answer.status_code = refusal.status
        return answer
    operations.note_used(factor=factor, at=timezone.now())
    return enter(request, factor.user, how=Proof.PASSKEY.value, wanted=wanted)


@public
@never_cache
@limited("sign_in")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave the first proof for the second one."""
    person = who_owes(request)
    if person is None:
        return go_to(request, "accounts:sign_in")
    at = timezone.now()
    answer = request.POST.get("credential", "")
    form = forms.SecondStep(request.POST if request.method == "POST" and not answer else None)
    try:
        if answer:
            form = forms.SecondStep({})
            proving.by_passkey(request, person, answer, at)
            return finish(request, person, how=Proof.PASSKEY.value)
        if form.is_valid():
            proof = proving.by_code(request, person, form.cleaned_data["code"], at, recovery=True)
            return finish(request, person, how=proof)
    except Refusal as refusal:
        form.errors.clear()
        refuse(form, refusal)
    shown = {"passkey_options": passkeys.to_prove(person) if queries.passkeys_of(person).exists() else ""}
    return page(request, "accounts/sign_in_second.html", shown, form=form)


@open_without_factor
@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; by POST only, so that no picture on a foreign page can do it."""
    queries.sessions_of(who_asks(request)).filter(session_key=request.session.session_key).delete()
    logout(request)
    messages.success(request, _("You are signed out."))
    return go_to(request, settings.LOGOUT_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
@limited("token")
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
        messages.success(request, _("Welcome. You can begin."))
        if known:
            return go_to(request, settings.LOGIN_REDIRECT_URL)
        return enter(request, person, how=Proof.INVITATION.value)
    return page(request, "accounts/invitation.html", {"invitation": found, "form": form}, form=form)
