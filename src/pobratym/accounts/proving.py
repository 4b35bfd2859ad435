"""A proof of who is at the keyboard: a password, a code or a passkey, each try counted before it is looked at."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import known_devices, operations, passkeys
from pobratym.accounts.models import User
from pobratym.limits import guessing, rates
from pobratym.limits.refusals import TooOften
from pobratym.vocabulary.refusals import Refusal

# Wrong second factors of one account from anywhere but its known devices; only who has the password gets so far.
FACTOR_TRIES, FACTOR_WINDOW = 50, dt.timedelta(hours=1)


class WrongPassword(Refusal):
    """Not the password of the account."""

    def __init__(self) -> None:
        super().__init__(_("This is not your password. Check it and try again."))


class WrongProof(Refusal):
    """Neither a present code nor an unused recovery code."""

    field = "code"

    def __init__(self) -> None:
        super().__init__(_("The code is not right, or was used already. Wait for the next one and try again."))


def count_try(request: HttpRequest, account: str, email: str, at: dt.datetime) -> None:
    """Count a try against `account`, in the budget of the device if the account with `email` knows it.

    Raises TooOften.
    """
    verdict = guessing.try_once(request, account=account, at=at, device=known_devices.name_of(request, email))
    if not verdict.allowed:
        raise TooOften(verdict.retry_after)


def was_right(request: HttpRequest, account: str, email: str, at: dt.datetime) -> None:
    """The try was right: it does not count."""
    guessing.succeeded(request, account=account, at=at, device=known_devices.name_of(request, email))


def by_password(request: HttpRequest, person: User, password: str, at: dt.datetime) -> None:
    """Prove by password. Raises TooOften or WrongPassword."""
    account = f"proof {person.pk}"
    count_try(request, account, person.email, at)
    if not person.check_password(password):
        raise WrongPassword
    was_right(request, account, person.email, at)


def by_code(request: HttpRequest, person: User, code: str, at: dt.datetime, *, recovery: bool) -> str:
    """Prove by a code of the app, or with `recovery` by a recovery code; which it was.

    Raises TooOften or WrongProof.
    """
    _count_factor(request, person, at)
    proof = operations.prove_by_code(
        person=person,
        code=code,
        recovery=recovery,
        is_known=_is_known(request, person),
        language=get_language() or "uk",
        at=at,
    )
    if not proof:
        raise WrongProof
    was_right(request, f"factor {person.pk}", person.email, at)
    return proof


def by_passkey(request: HttpRequest, person: User, answer: str, at: dt.datetime) -> None:
    """Prove by a passkey of the person. Raises TooOften or NotProven."""
    _count_factor(request, person, at)
    try:
        operations.note_used(factor=passkeys.proven(person, answer), at=at)
    except passkeys.NotProven:
        operations.note_failed_factor(
            person=person, is_known=_is_known(request, person), language=get_language() or "uk", at=at
        )
        raise
    was_right(request, f"factor {person.pk}", person.email, at)


def _count_factor(request: HttpRequest, person: User, at: dt.datetime) -> None:
    account = f"factor {person.pk}"
    count_try(request, account, person.email, at)
    if not _is_known(request, person):
        verdict = rates.spend(f"all {account}", limit=FACTOR_TRIES, window=FACTOR_WINDOW, at=at)
        if not verdict.allowed:
            raise TooOften(verdict.retry_after)


def _is_known(request: HttpRequest, person: User) -> bool:
    return bool(known_devices.name_of(request, person.email))
