"""Invitations by a one-time link."""

import datetime as dt
import secrets
from contextlib import suppress

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import telling
from pobratym.accounts.models import Invitation, User
from pobratym.accounts.operations.people import AlreadyHolds, check_scope, give_role, make_person
from pobratym.accounts.operations.succession import complete_hand_overs
from pobratym.accounts.operations.verifying import check_first_member
from pobratym.accounts.queries import digest_of, person_with
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.outbox import operations as outbox
from pobratym.vocabulary.refusals import Refusal

VALID_FOR = dt.timedelta(days=7)


class InvitationGone(Refusal):
    """No such invitation, or its time is over."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer valid. Ask the person who invited you for a new one."))


class InvitationUsed(Refusal):
    """The link did its work."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This invitation was used already. Sign in with your address and password."))


class AccountExists(Refusal):
    """The invited address has an account; its owner accepts when signed in."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("You have an account already. Sign in with the invited address and open the link again."))


@transaction.atomic
def invite(
    *, email: str, role: str, body: Body | None = None, language: str = "uk", by: User | None, at: dt.datetime
) -> Invitation:
    """Invite an address into a role by a mail with a link for seven days; an older open invitation is replaced.

    The link's token is on the returned object only (`.token`); the database keeps its digest.
    Raises RoleNeedsOtherScope, AlreadyHolds if the address has the role, or FirstNotVerified for a body without
    people: its first person is invited by a moderator who verified this address.
    """
    check_scope(role, body)
    email = email.strip().lower()
    check_first_member(body=body, email=email, by=by, at=at)
    person = person_with(email)
    if person is not None and person.memberships.current(at).filter(role=role, body=body).exists():
        raise AlreadyHolds
    open_ones = Invitation.objects.filter(email=email, role=role, body=body, accepted_at=None, expires_at__gt=at)
    open_ones.update(expires_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        body=body,
        token_digest=digest_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + VALID_FOR,
    )
    invitation.token = token
    with translation.override(language):
        address = settings.ADDRESS + reverse("accounts:invitation", args=[token])
    outbox.queue(
        key=f"accounts.invitation:{invitation.pk}",
        to=email,
        template="accounts/mail/invitation.txt",
        data={"invitation": invitation, "address": address},
        language=language,
        at=at,
    )
    audit.record(verb="accounts.invitation.sent", by=by, subject=invitation, at=at, body=body, role=str(role))
    return invitation


@transaction.atomic
def check_invitation(*, token: str, by: User | None, at: dt.datetime) -> Invitation:
    """The invitation behind the link, if it can be accepted now by this person.

    Raises InvitationGone, InvitationUsed, or AccountExists if the invited address has an account that is not `by`.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("body")
        .filter(token_digest=digest_of(token))
        .first()
    )
    if invitation is None:
        raise InvitationGone
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= at:
        raise InvitationGone
    person = person_with(invitation.email)
    if person is not None and person != by:
        raise AccountExists
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str = "", password: str = "", by: User | None, at: dt.datetime) -> User:
    """Accept by the link: makes the account, or, if `by` is the invited person, only gives the role.

    Raises InvitationGone, InvitationUsed or AccountExists, and nothing is changed.
    """
    invitation = check_invitation(token=token, by=by, at=at)
    person = person_with(invitation.email) or make_person(
        email=invitation.email, name=name, password=password, by=None, at=at
    )
    invitation.accepted_at = at
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    complete_hand_overs(invitation=invitation, successor=person, at=at)
    # Given meanwhile by hand or by a hand-over: what the link promised is the case.
    with suppress(AlreadyHolds):
        give_role(person=person, role=invitation.role, body=invitation.body, by=person, at=at)
    audit.record(verb="accounts.invitation.accepted", by=person, subject=invitation, at=at, body=invitation.body)
    telling.tell("invitation.accepted", invitation, by=person, at=at)
    return person
