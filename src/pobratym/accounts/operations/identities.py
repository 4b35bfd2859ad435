"""An account that can also be entered through an identity provider; nobody's account is made by one."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import Identity, User
from pobratym.accounts.operations.letters import tell_person
from pobratym.accounts.queries import person_with
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal


class NoSuchAccount(Refusal):
    """The provider knows the person, we do not."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _(
                "No account here belongs to this identity. Sign in with your password and connect the provider under "
                "“My account”, or ask your coordinator for an invitation."
            )
        )


class IdentityTaken(Refusal):
    """The identity, or the account, is connected otherwise."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This identity or this account is connected already. Disconnect it first."))


class IdentityGone(Refusal):
    """Nothing is connected."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("The account is not connected with this provider."))


@transaction.atomic
def person_of_identity(
    *, issuer: str, subject: str, email: str, email_verified: bool, provider: str, language: str, at: dt.datetime
) -> User:
    """Whose account the identity enters; one not yet known is connected if the provider has verified our address.

    Raises NoSuchAccount.
    """
    known = Identity.objects.select_for_update(of=("self",)).select_related("person")
    found = known.filter(issuer=issuer, subject=subject).first()
    if found is not None:
        found.last_used_at = at
        found.save(update_fields=["last_used_at"])
        return found.person
    person = person_with(email) if email and email_verified else None
    if person is None or not person.is_active or person.demonstration_role is not None:
        raise NoSuchAccount
    link_identity(person=person, issuer=issuer, subject=subject, provider=provider, language=language, by=person, at=at)
    return person


@transaction.atomic
def link_identity(
    *, person: User, issuer: str, subject: str, provider: str, language: str, by: User, at: dt.datetime
) -> Identity:
    """Let the identity enter the account. Raises IdentityTaken."""
    try:
        with transaction.atomic():
            made = Identity.objects.create(person=person, issuer=issuer, subject=subject, linked_at=at)
    except IntegrityError as error:
        raise IdentityTaken from error
    audit.record(verb="accounts.identity.linked", by=by, subject=person, at=at)
    tell_person(person=person, about="identity_linked", key=str(made.pk), language=language, at=at, provider=provider)
    return made


@transaction.atomic
def unlink_identity(*, person: User, issuer: str, by: User, at: dt.datetime) -> None:
    """Let the provider's identity enter no more. Raises IdentityGone."""
    if not Identity.objects.filter(person=person, issuer=issuer).delete()[0]:
        raise IdentityGone
    audit.record(verb="accounts.identity.unlinked", by=by, subject=person, at=at)
