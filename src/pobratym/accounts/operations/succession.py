"""The moment at which one person's role ends and the successor's begins: the same one, in one transaction."""

import datetime as dt
from contextlib import suppress

from django.db import transaction

from pobratym.accounts.models import HandOver, Invitation, Membership, User
from pobratym.accounts.operations.people import (
    AlreadyEnded,
    finish_membership,
    give_role,
    locked_membership,
)
from pobratym.audit import operations as audit


@transaction.atomic
def succeed(*, handover: HandOver, membership: Membership | None, successor: User, by: User, at: dt.datetime) -> None:
    """End the locked membership and give its role to the successor from the same moment on."""
    if membership is not None:
        finish_membership(membership=membership, by=by, at=at, handed_over=True)
    _take_up(handover, successor, by, at)
    handover.successor = successor
    handover.done_at = at
    handover.save(update_fields=["successor", "done_at"])
    audit.record(
        verb="accounts.handover.done",
        by=by,
        subject=handover.person,
        at=at,
        body=handover.body,
        role=handover.role,
        successor=successor.pk,
        handover=handover.pk,
        left_open=len(handover.left_open),
    )


def _take_up(handover: HandOver, successor: User, by: User, at: dt.datetime) -> None:
    """Let the successor have the role from the moment on and without an end.

    One who has it already goes on; one who was to have it later, or not for ever, has it now and lastingly: otherwise
    the body could be left alone between the two.
    """
    same = successor.memberships.select_for_update().filter(role=handover.role, body=handover.body)
    held = list(same.exclude(holds_to__lte=at).order_by("holds_from", "pk"))
    if not held:
        give_role(person=successor, role=handover.role, body=handover.body, by=by, at=at)
        return
    first = held[0]
    if first.holds_from > at or first.holds_to is not None:
        Membership.objects.filter(pk__in=[later.pk for later in held[1:]]).delete()
        first.holds_from, first.holds_to = min(first.holds_from, at), None
        first.save(update_fields=["holds_from", "holds_to"])
        successor.forget_circle()
        audit.record(
            verb="accounts.membership.given",
            by=by,
            subject=successor,
            at=at,
            body=handover.body,
            role=handover.role,
        )


@transaction.atomic
def complete_hand_overs(*, invitation: Invitation, successor: User, at: dt.datetime) -> None:
    """Carry out what waited for this invitation; a role that ended meanwhile is given all the same."""
    waiting = HandOver.objects.select_for_update(of=("self",)).select_related("person", "body")
    for handover in waiting.filter(invitation=invitation, done_at=None, withdrawn_at=None):
        succeed(handover=handover, membership=_still_held(handover, at), successor=successor, by=successor, at=at)


def _still_held(handover: HandOver, at: dt.datetime) -> Membership | None:
    if handover.membership is None:
        return None
    with suppress(AlreadyEnded):
        return locked_membership(membership=handover.membership, at=at)
    return None
