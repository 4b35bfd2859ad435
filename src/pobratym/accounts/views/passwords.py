"""Passwords: a letter to whoever forgot theirs, a new one by its link, a change by their owner."""

from typing import cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pobratym.accounts import forms, operations, proving
from pobratym.accounts.models import User
from pobratym.accounts.own import own
from pobratym.accounts.resetting import send_reset
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, page, public, refuse, signed_in
from pobratym.vocabulary.refusals import Refusal


@public
@never_cache
@limited("reset")
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the same page and the same work whether or not the address has an account.

    Looking the address up is left to the worker, so that not even the time of the answer tells.
    """
    form = forms.Address(request.POST or None)
    if form.is_valid():
        send_reset.enqueue(email=form.cleaned_data["email"], language=get_language() or "uk")
        return render(request, "accounts/password_sent.html")
    shown = {
        "heading": _("I forgot my password"),
        "text": _("We send a link to your address; by it you set a new password."),
        "action": _("Send the link"),
        "back_url": reverse("accounts:sign_in"),
        "back": _("Back to the sign-in page"),
    }
    return page(request, "accounts/form_page.html", shown, form=form)


@public
@never_cache
@sensitive_post_parameters("password")
@limited("token")
@require_http_methods(["GET", "POST"])
def reset_password(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Set a new password by the link; then one signs in with it, and with the second factor if there is one."""
    form = forms.NewPassword(request.POST or None, person=operations.check_reset(number=number, token=token))
    if form.is_valid():
        operations.reset_password(
            number=number, token=token, language=get_language() or "uk", at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The new password is set. Sign in with it."))
        return go_to(request, "accounts:sign_in")
    shown = {"heading": _("Set a new password"), "text": "", "action": _("Set"), "back_url": "", "back": ""}
    return page(request, "accounts/form_page.html", shown, form=form)


@signed_in
@own
@never_cache
@sensitive_post_parameters("present", "password")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's password; all sessions but this one end."""
    person = cast("User", request.user)
    form = forms.ChangePassword(request.POST or None, person=person)
    if form.is_valid():
        at, key = timezone.now(), request.session.session_key or ""
        try:
            proving.by_password(request, person, form.cleaned_data["present"], at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            operations.change_password(
                person=person,
                password=form.cleaned_data["password"],
                session=key,
                language=get_language() or "uk",
                by=person,
                at=at,
            )
            # The session goes on under a new key, which the list of sessions must know.
            update_session_auth_hash(request, person)
            UserSession.objects.filter(session_key=key).update(session_key=request.session.session_key)
            messages.success(request, _("The password is changed. Your other sessions are ended."))
            return go_to(request, "accounts:me")
    shown = {
        "section": "me",
        "heading": _("Change the password"),
        "text": _("Your sessions on other devices end."),
        "action": _("Change"),
        "back_url": reverse("accounts:me"),
        "back": _("Back to my account"),
    }
    return page(request, "accounts/form_page.html", shown, form=form)
