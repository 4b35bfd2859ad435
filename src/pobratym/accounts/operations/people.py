"""Accounts and memberships."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import BODY_ROLES, PLATFORM_ROLES, LeavingReason, Role
from pobratym.accounts.models import HandOver, Membership, User
from pobratym.accounts.operations.second import lapse_wishes
from pobratym.accounts.queries import is_the_last, person_with
from pobratym.accounts.rules import is_moderator
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.vocabulary.refusals import Refusal


class AddressTaken(Refusal):
    """Another account has the address."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(_("An account with this address exists. Give that person the role, or use another address."))


class RoleNeedsOtherScope(Refusal):
    """The role belongs to a body, or to the whole platform."""

    field = "role"


class AlreadyHolds(Refusal):
    """The person has the role in this period."""

    field = "role"

    def __init__(self) -> None:
        super().__init__(_("The person already has this role. End it first if it should change."))


class AlreadyEnded(Refusal):
    """The membership holds no more."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This role ended already. Give it anew if the person needs it again."))


class LastCoordinator(Refusal):
    """Nobody would be left to answer for the body."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the body’s last coordinator. Hand the role over to a successor first; "
                "without one only a moderator may end it, and names the reason."
            )
        )


class LastModerator(Refusal):
    """Nobody would be left to watch over the platform."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This is the platform’s last moderator. Hand the role over to a successor first."))


@transaction.atomic
def make_person(*, email: str, name: str, password: str | None = None, by: User | None, at: dt.datetime) -> User:
    """Make an account; without a password nobody signs in to it by password. Raises AddressTaken."""
    if person_with(email) is not None:
        raise AddressTaken
    person = User.objects.create_user(email=email.strip(), name=name.strip(), password=password)
    audit.record(verb="accounts.person.made", by=by, subject=person, at=at)
    return person


@transaction.atomic
def give_role(
    *,
    person: User,
    role: str,
    body: Body | None = None,
    holds_from: dt.datetime | None = None,
    holds_to: dt.datetime | None = None,
    by: User | None,
    at: dt.datetime,
) -> Membership:
    """Give a role for a body or, without one, for the whole platform, from now on unless another moment is named.

    Raises RoleNeedsOtherScope, or AlreadyHolds if the person has it at some moment of the period.
    """
    check_scope(role, body)
    holds_from = holds_from or at
    # One writer at a time for one person, so that two forms cannot give the same role.
    User.objects.select_for_update().get(pk=person.pk)
    same = person.memberships.filter(Q(holds_to=None) | Q(holds_to__gt=holds_from), role=role, body=body)
    if holds_to is not None:
        same = same.filter(holds_from__lt=holds_to)
    if same.exists():
        raise AlreadyHolds
    membership = Membership.objects.create(
        person=person, role=role, body=body, holds_from=holds_from, holds_to=holds_to
    )
    person.forget_circle()
    audit.record(verb="accounts.membership.given", by=by, subject=person, at=at, body=body, role=str(role))
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, reason: str = "", by: User | None, at: dt.datetime) -> None:
    """End a membership at the moment; one that has not begun is taken back.

    A body's last coordinator and the last moderator hand over first; a moderator may end the role of a body's last
    coordinator for a reason of the list. Raises AlreadyEnded, LastCoordinator or LastModerator.
    """
    current = locked_membership(membership=membership, at=at)
    if by is not None:
        _refuse_the_last(current, by, reason, at)
    finish_membership(membership=current, by=by, at=at, reason=reason)
    membership.person.forget_circle()


@transaction.atomic
def finish_membership(
    *, membership: Membership, by: User | None, at: dt.datetime, reason: str = "", handed_over: bool = False
) -> None:
    """End a locked membership whoever is left, take back what its person asked by it, and tell the trail."""
    if membership.holds_from < at:
        membership.holds_to = at
        membership.save(update_fields=["holds_to"])
    else:
        Membership.objects.filter(pk=membership.pk).delete()
    membership.person.forget_circle()
    facts = {"role": membership.role} | ({"reason": str(reason)} if reason else {})
    verb = "accounts.membership.ended_for" if reason else "accounts.membership.ended"
    audit.record(verb=verb, by=by, subject=membership.person, at=at, body=membership.body, **facts)
    lapse_wishes(person=membership.person, at=at)
    if not handed_over:
        waiting = HandOver.objects.filter(membership=membership.pk, done_at=None, withdrawn_at=None)
        waiting.update(withdrawn_at=at)


def locked_membership(*, membership: Membership, at: dt.datetime) -> Membership:
    """The membership as it stands, under a lock together with its body's others. Raises AlreadyEnded."""
    if membership.body_id is not None:
        # One writer at a time for one body, so that two coordinators cannot end each other.
        Body.objects.select_for_update().get(pk=membership.body_id)
    found = Membership.objects.select_for_update(of=("self",)).select_related("person", "body").filter(pk=membership.pk)
    current = found.first()
    if current is None or (current.holds_to is not None and current.holds_to <= at):
        raise AlreadyEnded
    return current


def _refuse_the_last(membership: Membership, by: User, reason: str, at: dt.datetime) -> None:
    if not is_the_last(membership, at):
        return
    if membership.role == Role.MODERATOR:
        raise LastModerator
    if not (reason in LeavingReason.values and is_moderator(by)):
        raise LastCoordinator


def check_scope(role: str, body: Body | None) -> None:
    """Raise RoleNeedsOtherScope if the role cannot be held for this body, or without one."""
    if body is None and role not in PLATFORM_ROLES:
        raise RoleNeedsOtherScope(_("This role is held for a body. Choose the body."))
    if body is not None and role not in BODY_ROLES:
        raise RoleNeedsOtherScope(_("Moderators serve the whole platform. Invite them without a body."))
