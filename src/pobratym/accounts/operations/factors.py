"""Second factors: set up, used, removed, and taken away by an operator from somebody who lost them all."""

import datetime as dt
import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import sealing
from pobratym.accounts.choices import Proof
from pobratym.accounts.models import User
from pobratym.accounts.operations.letters import tell_person
from pobratym.accounts.operations.sessions import end_other_sessions
from pobratym.accounts.queries import FACTORS, has_factor, must_have_factor, recovery_codes_left
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal

# A code of the app holds for half a minute; the clocks may differ by one such step.
STEP = 30
DRIFT = (0, -1, 1)
Type = Authenticator.Type


class WrongCode(Refusal):
    """The code is not the present one of this secret."""

    field = "code"

    def __init__(self) -> None:
        super().__init__(_("This is not the code that the app shows now. Wait for the next one and enter it."))


class FactorExists(Refusal):
    """One app per person."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("An app is set up already. Remove it first if you want to use another one."))


class LastFactor(Refusal):
    """The role asks for a factor."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Your role needs a second factor. Set up another one before you remove this one."))


class FactorGone(Refusal):
    """It was removed meanwhile."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This factor has been removed already."))


class NoFactor(Refusal):
    """There is nothing that recovery codes could stand in for."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Set up an app or a passkey first: recovery codes stand in for one of them."))


@transaction.atomic
def set_up_totp(
    *, person: User, secret: str, code: str, session: str, language: str, by: User, at: dt.datetime
) -> list[str]:
    """Set up an app that shows codes, proven by its present code; the new recovery codes, if these are the first.

    `session` is the key of the session that stays. Raises WrongCode or FactorExists.
    """
    _lock(person)
    if Authenticator.objects.filter(user=person, type=Type.TOTP).exists():
        raise FactorExists
    step = _step_of(secret, code, after=-1, at=at)
    if step is None:
        raise WrongCode
    first = not has_factor(person)
    made = TOTP.activate(person, secret).instance
    made.data["last_step"] = step
    made.save(update_fields=["data"])
    return _added(made, first=first, session=session, language=language, by=by, at=at)


@transaction.atomic
def add_passkey(
    *, person: User, name: str, credential: dict[str, Any], session: str, language: str, by: User, at: dt.datetime
) -> list[str]:
    """Keep a passkey that the device has just proven; the new recovery codes, if these are the first."""
    _lock(person)
    first = not has_factor(person)
    made = WebAuthn.add(person, name.strip() or "Passkey", credential).instance
    return _added(made, first=first, session=session, language=language, by=by, at=at)


@transaction.atomic
def remove_factor(*, factor: Authenticator, session: str, language: str, by: User, at: dt.datetime) -> None:
    """Remove an app or a passkey; with the last one the recovery codes go too. Raises FactorGone or LastFactor."""
    person = _lock(by)
    found = Authenticator.objects.filter(pk=factor.pk, user=person, type__in=FACTORS).first()
    if found is None:
        raise FactorGone
    kind, number = found.type, found.pk
    others = Authenticator.objects.filter(user=person, type__in=FACTORS).exclude(pk=number).exists()
    if not others and must_have_factor(person):
        raise LastFactor
    found.delete()
    if not others:
        Authenticator.objects.filter(user=person).delete()
        end_other_sessions(person=person, keep=session, by=by, at=at)
    audit.record(verb="accounts.factor.removed", by=by, subject=person, at=at, kind=kind)
    tell_person(person=person, about="factor_removed", key=str(number), language=language, at=at, kind=kind)


@transaction.atomic
def make_recovery_codes(*, person: User, language: str, by: User, at: dt.datetime) -> list[str]:
    """Ten new codes; the old ones work no more. Raises NoFactor."""
    _lock(person)
    if not has_factor(person):
        raise NoFactor
    codes = _new_codes(person)
    audit.record(verb="accounts.codes.made", by=by, subject=person, at=at)
    key = f"{person.pk}:{at.isoformat()}"
    tell_person(person=person, about="codes_made", key=key, language=language, at=at)
    return codes


@transaction.atomic
def prove_by_code(
    *, person: User, code: str, recovery: bool, language: str, at: dt.datetime, is_known: bool = False
) -> str:
    """Which proof the code is: of the app, or with `recovery` a recovery code; empty if it is wrong or was used.

    A wrong one is recorded, because who enters it knows the password.
    """
    digits = re.sub(r"[\s-]", "", code)
    factors = Authenticator.objects.select_for_update().filter(user=person)
    found = {factor.type: factor for factor in factors}
    if Type.TOTP in found and _use_totp(found[Type.TOTP], digits, at):
        return Proof.CODE.value
    if recovery and Type.RECOVERY_CODES in found and RecoveryCodes(found[Type.RECOVERY_CODES]).validate_code(digits):
        seed = Authenticator.objects.get(pk=found[Type.RECOVERY_CODES].pk)
        seed.data["seed"] = sealing.reseal(seed.data["seed"])
        seed.save(update_fields=["data"])
        left = recovery_codes_left(person)
        audit.record(verb="accounts.codes.used", by=person, subject=person, at=at, left=left)
        key = f"{person.pk}:{at.isoformat()}"
        tell_person(person=person, about="code_used", key=key, language=language, at=at, left=left)
        return Proof.RECOVERY.value
    note_failed_factor(person=person, is_known=is_known, language=language, at=at)
    return ""


@transaction.atomic
def note_failed_factor(*, person: User, is_known: bool, language: str, at: dt.datetime) -> None:
    """Record that a second factor was not right; from an unknown device also tell the person, once a day.

    Whoever got so far knows the password.
    """
    audit.record(verb="accounts.factor.failed", by=None, subject=person, at=at)
    if not is_known:
        key = f"{person.pk}:{at:%Y-%m-%d}"
        tell_person(person=person, about="factor_failed", key=key, language=language, at=at)


@transaction.atomic
def note_used(*, factor: Authenticator, at: dt.datetime) -> None:
    """Remember when a passkey was last used."""
    Authenticator.objects.filter(pk=factor.pk).update(last_used_at=at)


@transaction.atomic
def reset_factors(*, person: User, by: User | None, at: dt.datetime, language: str = "uk") -> int:
    """Take all factors from somebody who lost them, end their sessions and tell them; how many. Raises NoFactor.

    Whoever calls it has made sure by another way that it is this person who asks.
    """
    _lock(person)
    number: int = Authenticator.objects.filter(user=person, type__in=FACTORS).count()
    if not number:
        raise NoFactor
    Authenticator.objects.filter(user=person).delete()
    end_other_sessions(person=person, by=by, at=at)
    audit.record(verb="accounts.factor.reset", by=by, subject=person, at=at, number=number)
    key = f"{person.pk}:{at.isoformat()}"
    tell_person(person=person, about="factors_reset", key=key, language=language, at=at)
    return number


def _lock(person: User) -> User:
    """One writer at a time for one person's factors."""
    return User.objects.select_for_update().get(pk=person.pk)


def _added(made: Authenticator, *, first: bool, session: str, language: str, by: User, at: dt.datetime) -> list[str]:
    """Tell of a new factor; the first one also ends the sessions that were opened without it."""
    person = by
    codes = _new_codes(person) if first else []
    if first:
        end_other_sessions(person=person, keep=session, by=by, at=at)
    audit.record(verb="accounts.factor.added", by=by, subject=person, at=at, kind=made.type)
    tell_person(person=person, about="factor_added", key=str(made.pk), language=language, at=at, kind=made.type)
    return codes


def _new_codes(person: User) -> list[str]:
    Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person)
    return codes.generate_codes()  # type: ignore[no-any-return]  # allauth has no types


def _use_totp(factor: Authenticator, code: str, at: dt.datetime) -> bool:
    step = _step_of(sealing.unseal(factor.data["secret"]), code, after=factor.data.get("last_step", -1), at=at)
    if step is None:
        return False
    # The step stays with the secret, so that all web processes know that this code was used.
    factor.data["last_step"] = step
    factor.data["secret"] = sealing.reseal(factor.data["secret"])
    factor.last_used_at = at
    factor.save(update_fields=["data", "last_used_at"])
    return True


def _step_of(secret: str, code: str, *, after: int, at: dt.datetime) -> int | None:
    """The step whose code this is, if it is a present one and later than the last that was used."""
    now = int(at.timestamp()) // STEP
    digits = re.sub(r"[\s-]", "", code)
    for step in (now + drift for drift in DRIFT):
        if constant_time_compare(digits, format_hotp_value(hotp_value(secret, step))):
            return step if step > after else None
    return None
