"""A colleague stands in during an absence: daily work, never a signature and never the decision who belongs."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import SUBSTITUTED_ROLES
from pobratym.accounts.models import Absence, Membership, User
from pobratym.accounts.queries import colleagues_of
from pobratym.audit import operations as audit
from pobratym.organisations.models import Body
from pobratym.outbox import operations as outbox
from pobratym.vocabulary.refusals import Refusal

# Who stays away longer hands the role over.
LONGEST = dt.timedelta(days=183)


class AbsenceRefused(Refusal):
    """The period or the person does not fit."""


class AbsenceOver(Refusal):
    """There is nothing to end."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This substitution is over already."))


@transaction.atomic
def name_substitute(
    *,
    body: Body,
    substitute: User,
    holds_from: dt.datetime,
    holds_to: dt.datetime,
    language: str = "uk",
    by: User,
    at: dt.datetime,
) -> Absence:
    """Let a colleague of the body do the own work of coordinator and editor from one moment until before another.

    Signing is not lent. The loan ends by itself, with the person's own role at the latest. Raises AbsenceRefused.
    """
    # One writer at a time for one person, so that two forms cannot name two substitutes for the same days.
    User.objects.select_for_update().get(pk=by.pk)
    _check_period(holds_from, holds_to, at)
    if not Membership.objects.filter(person=by, body=body, role__in=SUBSTITUTED_ROLES).current(at).exists():
        raise AbsenceRefused(_("You have no role of your own in this body that can be taken over."), field="body")
    if not colleagues_of(by, body, at).filter(pk=substitute.pk).exists():
        raise AbsenceRefused(_("Choose a colleague who has a role in the same body."), field="substitute")
    if Absence.objects.filter(person=by, body=body, holds_from__lt=holds_to, holds_to__gt=holds_from).exists():
        raise AbsenceRefused(
            _("Somebody is named for these days already. End that substitution first, or choose other days."),
            field="holds_from",
        )
    absence = Absence.objects.create(
        person=by, substitute=substitute, body=body, holds_from=holds_from, holds_to=holds_to
    )
    substitute.forget_circle()
    _tell_substitute(absence, language, at)
    audit.record(
        verb="accounts.absence.named", by=by, subject=by, at=at, body=body, substitute=substitute.pk, **_days(absence)
    )
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, by: User, at: dt.datetime) -> None:
    """End a substitution at the moment; one that has not begun is taken back. Raises AbsenceOver."""
    locked = Absence.objects.select_for_update(of=("self",)).select_related("person", "substitute", "body")
    current = locked.filter(pk=absence.pk, holds_to__gt=at).first()
    if current is None:
        raise AbsenceOver
    substitute, days = current.substitute_id, _days(current)
    if current.holds_from < at:
        current.holds_to = at
        current.save(update_fields=["holds_to"])
    else:
        Absence.objects.filter(pk=current.pk).delete()
    absence.substitute.forget_circle()
    audit.record(
        verb="accounts.absence.ended",
        by=by,
        subject=current.person,
        at=at,
        body=current.body,
        substitute=substitute,
        **days,
    )


def _check_period(holds_from: dt.datetime, holds_to: dt.datetime, at: dt.datetime) -> None:
    if holds_to <= holds_from or holds_to <= at:
        raise AbsenceRefused(_("The absence must end after it begins, and not in the past."), field="holds_to")
    if holds_to - holds_from > LONGEST:
        raise AbsenceRefused(
            _("A substitution lasts half a year at most. For longer hand the role over."), field="holds_to"
        )


def _days(absence: Absence) -> dict[str, str]:
    """First and last day as facts for the trail."""
    return {
        "first_day": timezone.localdate(absence.holds_from).isoformat(),
        "last_day": absence.last_day.isoformat(),
    }


def _tell_substitute(absence: Absence, language: str, at: dt.datetime) -> None:
    outbox.queue(
        key=f"accounts.absence:{absence.pk}",
        to=absence.substitute.email,
        template="accounts/mail/absence.txt",
        data={"absence": absence},
        language=language,
        at=at,
    )
