"""My account: everything about one's own sign-in, with a way to each page that changes it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.accounts import forms, oidc, operations, queries
from pobratym.accounts.middleware import open_without_factor
from pobratym.accounts.models import User
from pobratym.accounts.own import own
from pobratym.accounts.signing_in import local
from pobratym.accounts.stepping_up import ask, fresh, is_fresh
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, page, public, signed_in


@signed_in
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who one is here, how one signs in, and where one's data and notices are."""
    person = cast("User", request.user)
    provider = oidc.configured()
    shown = {
        "section": "me",
        "provider": provider.name if provider else "",
        "identity": provider is not None and person.identities.filter(issuer=provider.issuer).exists(),
    }
    return render(request, "accounts/me.html", shown | queries.sign_in_facts(person, timezone.now()))


@open_without_factor
@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Prove once more that it is oneself, and go on to where one was going."""
    wanted = local(request, request.POST.get("next") or request.GET.get("next", "")) or reverse("accounts:me")
    if is_fresh(request, timezone.now()):
        return go_to(request, wanted)
    return ask(request, wanted=wanted) or go_to(request, wanted)


@signed_in
@own
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest) -> HttpResponse:
    """Change one's name."""
    person = cast("User", request.user)
    form = forms.Rename(request.POST or None, initial={"name": person.name})
    if form.is_valid():
        operations.rename_person(person=person, by=person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The name is changed."))
        return go_to(request, "accounts:me")
    shown = {"heading": _("Change the name"), "text": "", "action": _("Change")}
    return page(request, "accounts/form_page.html", shown | _back(), form=form)


@signed_in
@own
@fresh
@limited("reset")
@require_http_methods(["GET", "POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address; it counts when it has answered."""
    person = cast("User", request.user)
    form = forms.Address(request.POST or None)
    if form.is_valid():
        operations.ask_new_address(
            person=person, language=get_language() or "uk", by=person, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("A letter with a link is on its way to the new address."))
        return go_to(request, "accounts:me")
    shown = {
        "heading": _("Change the address"),
        "text": _("Your address is now %(email)s. The new one counts as soon as you open the link sent to it.")
        % {"email": person.email},
        "action": _("Send the link"),
    }
    return page(request, "accounts/form_page.html", shown | _back(), form=form)


@public
@never_cache
@limited("token")
@require_http_methods(["GET", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link sent to the new address and confirm by one button."""
    at = timezone.now()
    _number, _before, email = operations.read_address(token=token, at=at)
    if request.method == "POST":
        operations.confirm_new_address(token=token, language=get_language() or "uk", at=at)
        messages.success(request, _("The address is changed. Sign in with it from now on."))
        return go_to(request, "accounts:me" if request.user.is_authenticated else "accounts:sign_in")
    return render(request, "accounts/address_confirm.html", {"email": email})


def _back() -> dict[str, str]:
    return {"section": "me", "back_url": reverse("accounts:me"), "back": _("Back to my account")}
