"""Passkeys: what is asked of the device, and whether its answer proves the person. The ceremony is allauth's.

The question is kept in the session of the present request, so each answer counts once.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.vocabulary.refusals import Refusal

# What a malformed or foreign answer makes the ceremony raise.
BROKEN = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


class NotProven(Refusal):
    """The answer fits neither the question nor a passkey of the person."""

    def __init__(self) -> None:
        super().__init__(_("The passkey was not accepted. Try again, or use another way."))


def to_register(person: User) -> str:
    """The question to a device that is to make a passkey, as JSON for the page."""
    return json.dumps(auth.begin_registration(person, passwordless=True), cls=DjangoJSONEncoder)


def to_prove(person: User | None) -> str:
    """The question to a device with a passkey of the person, or of whomever it knows."""
    return json.dumps(auth.begin_authentication(person), cls=DjangoJSONEncoder)


def registered(answer: str) -> dict[str, Any]:
    """The passkey that the device has made. Raises NotProven."""
    try:
        credential: dict[str, Any] = json.loads(answer)
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except BROKEN as error:
        raise NotProven from error
    if not made.is_user_verified():
        raise NotProven
    return credential


def proven(person: User | None, answer: str) -> Authenticator:
    """The passkey that has proven the person, or, with None, whoever the device says. Raises NotProven."""
    try:
        credential: dict[str, Any] = json.loads(answer)
        auth.parse_authentication_response(credential)
        owner = person if person is not None else auth.extract_user_from_response(credential)
        return auth.complete_authentication(owner, credential)
    except BROKEN as error:
        raise NotProven from error
