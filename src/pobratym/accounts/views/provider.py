"""Through the identity provider: to it, back from it, and disconnecting."""

import datetime as dt
import logging
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pobratym.accounts import oidc, operations
from pobratym.accounts.choices import Proof
from pobratym.accounts.models import User
from pobratym.accounts.own import own
from pobratym.accounts.signing_in import begin, local
from pobratym.accounts.stepping_up import fresh
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, public, signed_in

logger = logging.getLogger(__name__)

ASKED = "asked_provider"
ANSWERED_WITHIN = dt.timedelta(minutes=10)


def _provider() -> oidc.Provider:
    found = oidc.configured()
    if found is None:
        raise Http404
    return found


def _back() -> str:
    """The one address that the provider knows, in no language of its own."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.ADDRESS}{reverse('accounts:from_provider')}"


@public
@never_cache
@limited("sign_in")
@require_POST
def to_provider(request: HttpRequest) -> HttpResponse:
    """Begin a sign-in through the provider, or, when signed in, the connection of one's account with it."""
    if request.user.is_authenticated:
        return connect(request)
    return _leave(request, wanted=local(request, request.POST.get("next", "")), connecting=None)


@signed_in
@own
@fresh
@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    """Connect one's own account; a deliberate act of somebody who has just proven to be its owner."""
    return _leave(request, wanted=reverse("accounts:me"), connecting=request.user.pk)


def _leave(request: HttpRequest, *, wanted: str, connecting: int | None) -> HttpResponse:
    """A page that leads on by itself: our policy lets no form end at a foreign address."""
    provider, question = _provider(), oidc.new_question()
    address = oidc.address_to(provider, question, _back())
    request.session[ASKED] = question | {
        "wanted": wanted,
        "connecting": connecting,
        "language": get_language() or "uk",
        "at": timezone.now().isoformat(),
    }
    return render(request, "accounts/to_provider.html", {"provider": provider.name, "address": address})


@public
@never_cache
@limited("sign_in")
@require_safe
def from_provider(request: HttpRequest) -> HttpResponse:
    """Back from the provider: check its answer once, then enter or connect."""
    provider, at = _provider(), timezone.now()
    asked: dict[str, Any] | None = request.session.pop(ASKED, None)
    if asked is None or at - dt.datetime.fromisoformat(asked["at"]) > ANSWERED_WITHIN:
        raise oidc.ProviderFailed("nothing was asked")
    translation.activate(asked["language"])
    try:
        claims = oidc.claims_by(provider, asked, _back(), code=_code(request, provider, asked["state"]))
    except oidc.ProviderFailed as refusal:
        logger.warning("The identity provider confirmed nobody: %s", refusal.reason)
        raise
    if asked["connecting"] is not None:
        return _connected(request, provider, claims, asked["connecting"], at)
    person = operations.person_of_identity(
        issuer=claims.issuer,
        subject=claims.subject,
        email=claims.email,
        email_verified=claims.email_verified,
        provider=provider.name,
        language=asked["language"],
        at=at,
    )
    return begin(request, person, how=Proof.PROVIDER.value, wanted=asked["wanted"])


def _code(request: HttpRequest, provider: oidc.Provider, state: str) -> str:
    """The code that came back for this question. Raises ProviderFailed."""
    if not constant_time_compare(request.GET.get("state", ""), state):
        raise oidc.ProviderFailed("another state")
    # A provider that names itself must be the one that was asked.
    if request.GET.get("iss", provider.issuer) != provider.issuer or not request.GET.get("code"):
        raise oidc.ProviderFailed("no code of this provider")
    return request.GET["code"]


def _connected(
    request: HttpRequest, provider: oidc.Provider, claims: oidc.Claims, connecting: int, at: dt.datetime
) -> HttpResponse:
    person = request.user
    if not isinstance(person, User) or person.pk != connecting:
        raise oidc.ProviderFailed("somebody else is signed in")
    operations.link_identity(
        person=person,
        issuer=claims.issuer,
        subject=claims.subject,
        provider=provider.name,
        language=get_language() or "uk",
        by=person,
        at=at,
    )
    messages.success(request, _("Your account is connected."))
    return go_to(request, "accounts:me")


@signed_in
@own
@fresh
@require_POST
def disconnect_provider(request: HttpRequest) -> HttpResponse:
    """Disconnect one's account; the password goes on working."""
    person = cast("User", request.user)
    operations.unlink_identity(person=person, issuer=_provider().issuer, by=person, at=timezone.now())
    messages.success(request, _("Your account is disconnected."))
    return go_to(request, "accounts:me")
