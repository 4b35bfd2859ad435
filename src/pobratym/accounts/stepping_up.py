"""A view that asks for a fresh proof of who is at the keyboard.

    @permitted("partnerships.sign", find=_visible)
    @fresh
    def sign(request, partnership): …

A form that was sent is carried through the question as it was entered and then goes on as if nothing had been asked.
Only chosen files cannot be carried: a view with files asks before its form is shown, by `fresh` on the GET as well.
"""

import datetime as dt
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django import forms as django_forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import forms, passkeys, proving
from pobratym.accounts.models import User
from pobratym.accounts.queries import is_demonstration
from pobratym.accounts.signing_in import PROVED
from pobratym.ui.pages import PageRequest, View, go_to, refuse
from pobratym.vocabulary.refusals import Refusal

# What belongs to the question and not to the form that was sent.
PREFIX = "proof-"
OURS = (PREFIX, "csrfmiddlewaretoken")


class NoWay(Refusal):
    """The person has nothing to prove by."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Your account has neither a password nor a factor. Set a password by the sign-in page."))


def fresh(view: View) -> View:
    """Ask to prove oneself again before the view if the session's last proof is old."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated or is_fresh(request, timezone.now()):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return _lead(request, request.get_full_path())
        if cast("PageRequest", request).htmx:
            return _lead(request, cast("PageRequest", request).htmx.current_url_abs_path or "/")
        answer = ask(request)
        if answer is not None:
            return answer
        sent = request.POST.copy()
        for name in [name for name in sent if name.startswith(PREFIX)]:
            del sent[name]
        request.POST = sent  # type: ignore[assignment]  # the form goes on without our question
        return view(request, *args, **kwargs)

    return asked


def fresh_when_sent(view: View) -> View:
    """As `fresh`, but reading the page asks nothing: only what its form does needs the proof."""
    guarded = fresh(view)

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (guarded if request.method == "POST" else view)(request, *args, **kwargs)

    return asked


def is_fresh(request: HttpRequest, at: dt.datetime) -> bool:
    """Whether the session's last proof, by which it was opened or a later one, is young enough."""
    said = request.session.get(PROVED)
    return said is not None and at - dt.datetime.fromisoformat(said) < settings.FRESH_FOR


def ask(request: HttpRequest, *, wanted: str = "") -> HttpResponse | None:
    """Read the answer to the question, if there is one: None if it proves the person, else the page that asks."""
    person = cast("User", request.user)
    at = timezone.now()
    asked = _forms(request, person)
    try:
        if _answered(request, person, asked, at):
            request.session[PROVED] = at.isoformat()
            return None
        status = 422 if any(form.errors for form in asked.values()) else 200
    except Refusal as refusal:
        form = next((form for name, form in asked.items() if PREFIX + name in request.POST), None)
        if form is None:
            raise
        form.is_valid()
        refuse(form, refusal)
        status = refusal.status
    return _page(request, person, asked, wanted=wanted, status=status)


def _forms(request: HttpRequest, person: User) -> dict[str, django_forms.Form]:
    """The forms by which the person can answer: a factor where one is set up, otherwise the password."""
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    found: dict[str, django_forms.Form] = {}

    def made(form: type[django_forms.Form], name: str) -> django_forms.Form:
        return form(request.POST if PREFIX + name in request.POST else None, prefix=PREFIX.rstrip("-"))

    if Authenticator.Type.TOTP in kinds:
        found["code"] = made(forms.ByCode, "code")
    if Authenticator.Type.WEBAUTHN in kinds:
        found["credential"] = django_forms.Form({})
    if not found and person.has_usable_password():
        found["password"] = made(forms.ByPassword, "password")
    if not found and _is_role(person):
        found["demonstration"] = django_forms.Form({})
    if not found:
        raise NoWay
    return found


def _is_role(person: User) -> bool:
    return person.demonstration_role is not None and is_demonstration()


def _answered(request: HttpRequest, person: User, asked: dict[str, django_forms.Form], at: dt.datetime) -> bool:
    """Whether one of the ways that this person has was taken, and rightly. Raises what `proving` raises."""
    if "demonstration" in asked and PREFIX + "demonstration" in request.POST:
        return True
    if "credential" in asked and (answer := request.POST.get(PREFIX + "credential")):
        proving.by_passkey(request, person, answer, at)
        return True
    for name in ("code", "password"):
        form = asked.get(name)
        if form is not None and form.is_valid():
            if name == "code":
                proving.by_code(request, person, form.cleaned_data["code"], at, recovery=False)
            else:
                proving.by_password(request, person, form.cleaned_data["password"], at)
            return True
    return False


def _page(
    request: HttpRequest, person: User, asked: dict[str, django_forms.Form], *, wanted: str, status: int
) -> HttpResponse:
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not name.startswith(OURS) and not (wanted and name == "next")
    ]
    answer = render(
        request,
        "accounts/prove.html",
        {
            "forms": [asked[name] for name in ("code", "password") if name in asked],
            "by_passkey": asked.get("credential"),
            "passkey_options": passkeys.to_prove(person) if "credential" in asked else "",
            "by_demonstration": asked.get("demonstration"),
            "carried": carried,
            "wanted": wanted,
            "back": wanted or request.path,
        },
        status=status,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _lead(request: HttpRequest, wanted: str) -> HttpResponse:
    return go_to(request, f"{reverse('accounts:prove')}?{urlencode({'next': wanted})}")
