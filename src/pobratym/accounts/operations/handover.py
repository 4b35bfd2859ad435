"""Handing a role over to a successor, who is a colleague already or is invited."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import handover as seam
from pobratym.accounts.models import HandOver, Invitation, Membership, User
from pobratym.accounts.operations.invitations import invite
from pobratym.accounts.operations.people import locked_membership
from pobratym.accounts.operations.succession import succeed
from pobratym.accounts.queries import successors_for
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal


class SuccessorNeeded(Refusal):
    """Nobody is named, or two."""

    field = "successor"

    def __init__(self) -> None:
        super().__init__(_("Name one successor: choose a colleague, or write the address of the person to invite."))


class SuccessorUnfit(Refusal):
    """The person named cannot succeed."""

    field = "successor"

    def __init__(self) -> None:
        super().__init__(_("The successor must be another person with a role in the same body. Choose or invite one."))


class HandOverWaits(Refusal):
    """An invited successor has not answered yet."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("A successor is invited already. Wait for the answer, or take this hand-over back first."))


class HandOverClosed(Refusal):
    """Done or taken back."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This hand-over is closed already. Open the page of people to see who has the role."))


@transaction.atomic
def hand_over(
    *,
    membership: Membership,
    successor: User | None = None,
    email: str = "",
    language: str = "uk",
    by: User,
    at: dt.datetime,
) -> HandOver:
    """Hand a role over: to a colleague at once, to an invited person at the moment they accept.

    The role ends at the very moment the successor's begins. What is open on the desk is written into the log.
    Raises AlreadyEnded, SuccessorNeeded, SuccessorUnfit, HandOverWaits, or what inviting raises.
    """
    current = locked_membership(membership=membership, at=at)
    _check_successor(current, successor, email, at)
    _refuse_a_second(current, at)
    # Read before the role ends: afterwards the desk is empty.
    left_open = [
        {"kind": kind.label, "title": thing.title, "url": thing.url}
        for kind, things in seam.open_for(current, at)
        for thing in things
    ]
    handover = HandOver.objects.create(
        person=current.person,
        role=current.role,
        body=current.body,
        membership=current,
        left_open=left_open,
        asked_by=by,
        asked_at=at,
    )
    if successor is not None:
        succeed(handover=handover, membership=current, successor=successor, by=by, at=at)
        membership.person.forget_circle()
        return handover
    handover.invitation = invite(email=email, role=current.role, body=current.body, language=language, by=by, at=at)
    handover.save(update_fields=["invitation"])
    audit.record(
        verb="accounts.handover.asked", by=by, subject=current.person, at=at, body=current.body, role=current.role
    )
    return handover


@transaction.atomic
def withdraw_hand_over(*, handover: HandOver, by: User, at: dt.datetime) -> None:
    """Take back a hand-over that waits for an invited person; the link works no more. Raises HandOverClosed."""
    current = HandOver.objects.select_for_update(of=("self",)).select_related("person", "body").get(pk=handover.pk)
    if current.done_at is not None or current.withdrawn_at is not None:
        raise HandOverClosed
    current.withdrawn_at = at
    current.save(update_fields=["withdrawn_at"])
    if current.invitation_id is not None:
        Invitation.objects.filter(pk=current.invitation_id, accepted_at=None, expires_at__gt=at).update(expires_at=at)
    audit.record(
        verb="accounts.handover.withdrawn", by=by, subject=current.person, at=at, body=current.body, role=current.role
    )


def _check_successor(membership: Membership, successor: User | None, email: str, at: dt.datetime) -> None:
    if (successor is None) == (not email):
        raise SuccessorNeeded
    if successor is not None and not successors_for(membership, at).filter(pk=successor.pk).exists():
        raise SuccessorUnfit
    if email and email.strip().lower() == membership.person.email:
        raise SuccessorUnfit


def _refuse_a_second(membership: Membership, at: dt.datetime) -> None:
    """One hand-over of a role at a time; one whose invitation ran out makes room."""
    waiting = HandOver.objects.filter(membership=membership, done_at=None, withdrawn_at=None)
    if waiting.filter(invitation__expires_at__gt=at).exists():
        raise HandOverWaits
    waiting.update(withdrawn_at=at)
