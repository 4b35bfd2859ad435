"""Passwords: changed by their owner, or set anew by a link that goes to the owner's address and works once."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.accounts.operations.letters import tell_person
from pobratym.accounts.operations.sessions import end_other_sessions
from pobratym.accounts.queries import person_with
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal

# A lost letter can be asked for again, but nobody fills another person's mailbox.
LETTER_EVERY = dt.timedelta(minutes=10)


class ResetGone(Refusal):
    """The link was used, replaced by a change of the password, or its time is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link no longer works. Ask for a new one on the sign-in page."))


@transaction.atomic
def change_password(*, person: User, password: str, session: str, language: str, by: User, at: dt.datetime) -> None:
    """Set a new password and end all sessions but the one whose key is `session`."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_other_sessions(person=person, keep=session, by=by, at=at)
    audit.record(verb="accounts.password.changed", by=by, subject=person, at=at)
    key = f"{person.pk}:{at.isoformat()}"
    tell_person(person=person, about="password_changed", key=key, language=language, at=at)


@transaction.atomic
def send_reset(*, email: str, language: str, at: dt.datetime) -> None:
    """Send the link if the address has an account that may sign in; otherwise nothing happens, and nobody learns it."""
    person = person_with(email)
    if person is None or not person.is_active or person.demonstration_role is not None:
        return
    with translation.override(language):
        address = settings.ADDRESS + reverse(
            "accounts:reset_password",
            args=[urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)],
        )
    turn = int(at.timestamp() // LETTER_EVERY.total_seconds())
    tell_person(
        person=person, about="password_reset", key=f"{person.pk}:{turn}", language=language, at=at, address=address
    )


def check_reset(*, number: str, token: str) -> User:
    """Whose password the link sets. Raises ResetGone."""
    try:
        person = User.objects.get(pk=int(urlsafe_base64_decode(number)))
    except (ValueError, OverflowError, User.DoesNotExist) as error:
        raise ResetGone from error
    if not person.is_active or not default_token_generator.check_token(person, token):
        raise ResetGone
    return person


@transaction.atomic
def reset_password(*, number: str, token: str, password: str, language: str, at: dt.datetime) -> User:
    """Set a new password by the link and end all sessions. Raises ResetGone."""
    person = check_reset(number=number, token=token)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not default_token_generator.check_token(person, token):
        raise ResetGone
    person.set_password(password)
    person.save(update_fields=["password"])
    end_other_sessions(person=person, by=person, at=at)
    audit.record(verb="accounts.password.reset", by=person, subject=person, at=at)
    key = f"{person.pk}:{at.isoformat()}"
    tell_person(person=person, about="password_changed", key=key, language=language, at=at)
    return person
