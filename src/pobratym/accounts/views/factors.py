"""Second factors: the list, an app, passkeys, recovery codes."""

from typing import Any, cast

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage

from pobratym.accounts import forms, operations, passkeys, queries, sealing
from pobratym.accounts.middleware import open_without_factor
from pobratym.accounts.models import User
from pobratym.accounts.own import own
from pobratym.accounts.stepping_up import fresh
from pobratym.ui.pages import go_to, page, refuse, signed_in
from pobratym.vocabulary.refusals import Refusal

# The key shown to an app, sealed, until its first code has come back.
SHOWN = "totp_shown"


@open_without_factor
@signed_in
@own
@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """What one has set up, and how many recovery codes are left."""
    person = cast("User", request.user)
    found = list(queries.factors_of(person))
    shown = {
        "section": "me",
        "totp": next((factor for factor in found if factor.type == Authenticator.Type.TOTP), None),
        "passkeys": [factor for factor in found if factor.type == Authenticator.Type.WEBAUTHN],
        "codes_left": queries.recovery_codes_left(person) if found else 0,
        "needs_factor": queries.needs_factor(person),
    }
    return render(request, "accounts/factors.html", shown)


@open_without_factor
@signed_in
@own
@fresh
@never_cache
@require_http_methods(["GET", "POST"])
def set_up_totp(request: HttpRequest) -> HttpResponse:
    """Show a secret to an app and take its first code."""
    person = cast("User", request.user)
    if SHOWN not in request.session:
        request.session[SHOWN] = sealing.seal(generate_totp_secret())
    secret = sealing.unseal(request.session[SHOWN])
    form = forms.SetUpTotp(request.POST or None)
    if form.is_valid():
        try:
            codes = operations.set_up_totp(
                person=person, secret=secret, by=person, **_present(request), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            del request.session[SHOWN]
            return _added(request, codes)
    shown = {
        "section": "me",
        # In the page itself: our policy loads no picture from data, and the key makes no further journey.
        "picture": mark_safe(_drawing(get_adapter().build_totp_url(person, secret))),
        "shown_secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    return page(request, "accounts/factor_totp.html", shown, form=form)


@open_without_factor
@signed_in
@own
@fresh
@never_cache
@require_http_methods(["GET", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Ask the device for a passkey and keep it."""
    person = cast("User", request.user)
    form = forms.AddPasskey(request.POST or None)
    if form.is_valid():
        try:
            codes = operations.add_passkey(
                person=person,
                credential=passkeys.registered(request.POST.get("credential", "")),
                by=person,
                **_present(request),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _added(request, codes)
    shown = {"section": "me", "passkey_options": passkeys.to_register(person)}
    return page(request, "accounts/factor_passkey.html", shown, form=form)


@signed_in
@own
@fresh
@require_http_methods(["GET", "POST"])
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an app or a passkey after a page that asks once more."""
    person = cast("User", request.user)
    factor = get_object_or_404(queries.factors_of(person), pk=pk)
    if request.method == "POST":
        operations.remove_factor(factor=factor, by=person, **_present(request))
        messages.success(request, _("The second factor is removed."))
        return go_to(request, "accounts:factors")
    name = factor.data["name"] if factor.type == Authenticator.Type.WEBAUTHN else _("An app that shows codes")
    return render(request, "accounts/factor_remove.html", {"section": "me", "name": name})


@signed_in
@own
@fresh
@never_cache
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    person = cast("User", request.user)
    codes = operations.make_recovery_codes(person=person, language=get_language() or "uk", by=person, at=timezone.now())
    return _codes(request, codes, is_added=False)


def _drawing(address: str) -> str:
    """The address as a picture for a camera: dark on white in both themes."""
    drawn: str = qrcode.make(address, image_factory=SvgPathFillImage).to_string(encoding="unicode")
    return drawn


def _present(request: HttpRequest) -> dict[str, Any]:
    """What each operation is told of the request: the session that stays, the language of the letter, the moment."""
    return {"session": request.session.session_key or "", "language": get_language() or "uk", "at": timezone.now()}


def _added(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The codes if these are the first ones, otherwise back to the list."""
    if codes:
        return _codes(request, codes, is_added=True)
    messages.success(request, _("The second factor is set up."))
    return go_to(request, "accounts:factors")


def _codes(request: HttpRequest, codes: list[str], *, is_added: bool) -> HttpResponse:
    grouped = [" ".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]
    shown = {"section": "me", "codes": grouped, "added": is_added, "onward": reverse("accounts:factors")}
    return render(request, "accounts/factor_codes.html", shown)
