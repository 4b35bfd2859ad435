"""Applying the periods after which records are emptied or deleted."""

import datetime as dt
import logging

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from pobratym.accounts import retention
from pobratym.accounts.models import Absence, Invitation

logger = logging.getLogger(__name__)


def apply_retention(*, at: dt.datetime) -> dict[str, int]:
    """Apply every rule whose period is over for some row; how many rows of which rule were dealt with.

    Each rule in a transaction of its own: one that fails is told in the log and hinders no other.
    """
    done = {}
    for rule in retention.rules.values():
        if rule.apply is None or rule.period is None:
            continue
        try:
            with transaction.atomic():
                done[rule.code] = rule.apply(at - rule.period, at)
        except Exception:
            logger.exception("The retention rule %s failed.", rule.code)
    return {code: number for code, number in done.items() if number}


@transaction.atomic
def forget_invitations(*, before: dt.datetime, at: dt.datetime) -> int:  # noqa: ARG001  # the moment of every operation
    """Delete invitations that ran out before the moment, whether they were accepted or not."""
    number, _kinds = Invitation.objects.filter(expires_at__lte=before).delete()
    return number


@transaction.atomic
def forget_sessions(*, before: dt.datetime, at: dt.datetime) -> int:  # noqa: ARG001  # as above
    """Delete sessions that ended before the moment, and the devices of sessions that are gone."""
    number, _kinds = Session.objects.filter(expire_date__lte=before).delete()
    gone = UserSession.objects.filter(last_seen_at__lte=before).exclude(
        session_key__in=Session.objects.values("session_key")
    )
    devices, _kinds = gone.delete()
    return int(number) + int(devices)


@transaction.atomic
def forget_absences(*, before: dt.datetime, at: dt.datetime) -> int:  # noqa: ARG001  # as above
    """Delete substitutions that ended before the moment; the trail tells that they were."""
    number, _kinds = Absence.objects.filter(holds_to__lte=before).delete()
    return number


@transaction.atomic
def forget_tasks(*, before: dt.datetime, at: dt.datetime) -> int:  # noqa: ARG001  # as above
    """Delete the rows of background work that was done before the moment."""
    number, _kinds = DBTaskResult.objects.filter(finished_at__lte=before).delete()
    return int(number)
