"""A client of one identity provider by OpenID Connect: authorisation code with PKCE, state and nonce.

allauth's client is not used: it sends no nonce, does not check that the provider names itself as it is configured,
and takes the token's signature on trust.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from pobratym.vocabulary.refusals import Refusal

# Seconds to connect and to answer; bytes of an answer.
TIMEOUT, LARGEST = (3.05, 5), 256 * 1024
# Signatures by keys that only the provider has; never by the shared secret, never none.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
LEEWAY = 30


class ProviderFailed(Refusal):
    """The provider did not answer, or not as the standard says; nobody is signed in."""

    # Not a status of servers: with one of those the session is not saved, and the question would count twice.
    status = 403

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            _("The identity provider did not confirm who you are. Try again, or sign in with your password.")
        )


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider that the settings name."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider says of a person, after all checks."""

    issuer: str
    subject: str
    email: str
    email_verified: bool


def configured() -> Provider | None:
    """The provider, if there is one."""
    if not settings.OIDC_ISSUER:
        return None
    return Provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, settings.OIDC_NAME)


def new_question() -> dict[str, str]:
    """State, nonce and PKCE verifier of one sign-in."""
    return {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}


def address_to(provider: Provider, question: dict[str, str], back: str) -> str:
    """Where the browser goes. Raises ProviderFailed."""
    challenge = hashlib.sha256(question["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": question["state"],
        "nonce": question["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    there = _description(provider)["authorization_endpoint"]
    return f"{there}{'&' if urlsplit(there).query else '?'}{urlencode(asked)}"


def claims_by(provider: Provider, question: dict[str, str], back: str, *, code: str) -> Claims:
    """Exchange the code and check everything that the standard asks for. Raises ProviderFailed."""
    description = _description(provider)
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": question["verifier"],
    }
    granted = _asked(
        "POST", description["token_endpoint"], data=sent, auth=(provider.client_id, provider.client_secret)
    )
    said = _checked(provider, description, str(granted.get("id_token", "")), question["nonce"])
    if "email" not in said and (there := description.get("userinfo_endpoint")):
        more = _asked("GET", there, headers={"Authorization": f"Bearer {granted.get('access_token', '')}"})
        if more.get("sub") != said["sub"]:
            raise ProviderFailed("userinfo is about somebody else")
        said = more | said
    # Only the truth itself: a string or a number means that somebody is not sure.
    return Claims(provider.issuer, str(said["sub"]), str(said.get("email", "")), said.get("email_verified") is True)


def _description(provider: Provider) -> dict[str, Any]:
    """The provider's own description, if it is of this provider and leads to safe addresses."""
    found = _asked("GET", provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise ProviderFailed("the description is of another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        _check_address(provider, found.get(name))
    if found.get("userinfo_endpoint"):
        _check_address(provider, found["userinfo_endpoint"])
    return found


def _check_address(provider: Provider, address: object) -> None:
    """As safe as the issuer's own: what begins with https stays with it."""
    schemes = {"https", urlsplit(provider.issuer).scheme}
    if not isinstance(address, str) or urlsplit(address).scheme not in schemes or not urlsplit(address).hostname:
        raise ProviderFailed("the description names no safe address")


def _checked(provider: Provider, description: dict[str, Any], token: str, nonce: str) -> dict[str, Any]:
    """The claims of a token that the provider signed, for us, for this sign-in, now."""
    try:
        header = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_dict(_asked("GET", description["jwks_uri"])).keys
        fitting = [key for key in keys if header.get("kid") in {None, key.key_id}]
        if len(fitting) != 1 or header.get("alg") not in ALGORITHMS:
            raise ProviderFailed("no single key fits the signature")
        said: dict[str, Any] = jwt.decode(
            token,
            fitting[0],
            algorithms=[header["alg"]],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "sub", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, ValueError, KeyError) as error:
        raise ProviderFailed(f"the token: {type(error).__name__}") from error
    if not constant_time_compare(str(said["nonce"]), nonce):
        raise ProviderFailed("the token answers another question")
    if said.get("azp", provider.client_id) != provider.client_id:
        raise ProviderFailed("the token was made for another client")
    return said


def _asked(method: str, address: str, **details: Any) -> dict[str, Any]:
    """The answer as an object; neither slow, nor huge, nor from elsewhere than asked."""
    try:
        with requests.request(
            method, address, timeout=TIMEOUT, allow_redirects=False, stream=True, **details
        ) as answer:
            body = answer.raw.read(LARGEST + 1, decode_content=True)
            if answer.status_code != 200 or len(body) > LARGEST:
                raise ProviderFailed(f"answer {answer.status_code} of {len(body)} bytes")
        found = json.loads(body)
    except (requests.RequestException, OSError, ValueError) as error:
        raise ProviderFailed(type(error).__name__) from error
    if not isinstance(found, dict):
        raise ProviderFailed("not an object")
    return found
