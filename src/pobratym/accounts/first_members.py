"""What first members add to the registries of others: permissions, sentences, personal data, periods, counts."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import rules
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import personal, retention
from pobratym.accounts.choices import Role
from pobratym.accounts.joining import How, Joining, RefusalReason, Verification
from pobratym.accounts.models import Membership
from pobratym.accounts.rules import answers_for_office, is_moderator
from pobratym.audit import history
from pobratym.organisations import presence
from pobratym.organisations.presence import Present

rules.add_perm("accounts.verify", is_moderator)
rules.add_perm("accounts.show_office", answers_for_office | is_moderator)

history.register(
    {
        "accounts.joining.asked": _("Somebody asked to bring the community onto the platform (%(unit)s)."),
        "accounts.joining.confirmed": _("The asker confirmed their own address."),
        "accounts.joining.official_asked": _("A link was sent to the official address."),
        "accounts.joining.official_agreed": _("The official address confirmed the person."),
        "accounts.joining.official_denied": _("The official address did not confirm the person."),
        "accounts.joining.letter_recorded": _("A letter of the body was recorded: № %(number)s of %(letter_on)s."),
        "accounts.joining.accepted": _("The request was accepted: %(how)s."),
        "accounts.joining.refused": _("The request was refused: %(reason)s."),
        "accounts.verification.recorded": _("The first person of the body was verified: %(how)s."),
    },
    choices={"how": dict(How.choices), "reason": dict(RefusalReason.choices)},
)

# An address that never answered is somebody's by mistake or mischief.
UNCONFIRMED_KEPT = dt.timedelta(days=7)
DECIDED_KEPT = dt.timedelta(days=365)


def members_by_role(bodies: Collection[int], at: dt.datetime) -> dict[int, list[Present]]:
    """How many people have which role in each body at the moment, in the order of the roles."""
    held = Membership.objects.filter(body_id__in=bodies).current(at)
    counts: dict[int, Counter[str]] = {}
    for row in held.order_by().values("body_id", "role").annotate(number=Count("person", distinct=True)):
        counts.setdefault(row["body_id"], Counter())[row["role"]] = row["number"]
    return {
        body: [Present(role.label, known[role.value]) for role in Role if known[role.value]]
        for body, known in counts.items()
    }


def joinings_of(person: Any, _at: dt.datetime) -> Iterable[personal.Row]:
    """The person's own requests, and those that the person decided, without the words of others."""
    for row in Joining.objects.filter(email=person.email).order_by("pk"):
        yield personal.plain(
            row, "unit_id", "name", "post", "email", "asked_at", "confirmed_at", "closed_at", "outcome"
        )
    for row in Joining.objects.filter(decided_by=person).exclude(email=person.email).order_by("pk"):
        yield personal.plain(row, "unit_id", "closed_at", "outcome", decided_by_you=True)


def erase_joinings(person: Any, _at: dt.datetime) -> int:
    """Delete open requests of the person's address and empty the words of decided ones."""
    mine = Joining.objects.filter(email=person.email)
    deleted, _kinds = mine.filter(closed_at=None).delete()
    return deleted + mine.update(name="", post="", email="")


def verifications_of(person: Any, _at: dt.datetime) -> Iterable[personal.Row]:
    """By what the person was verified, and whom the person verified, without addresses of others."""
    for row in Verification.objects.filter(Q(email=person.email) | Q(verified_by=person)).order_by("pk"):
        yield personal.plain(row, "body_id", "how", "verified_at", about_you=row.email == person.email)


def erase_verifications(person: Any, _at: dt.datetime) -> int:
    """Empty the address; that the body's first person was verified, and by what, stays."""
    return Verification.objects.filter(email=person.email).update(email="")


def delete_unconfirmed(before: dt.datetime, _at: dt.datetime) -> int:
    """Delete requests whose address did not answer."""
    deleted, _kinds = Joining.objects.filter(confirmed_at=None, asked_at__lte=before).delete()
    return deleted


def empty_decided(before: dt.datetime, _at: dt.datetime) -> int:
    """Empty name, post and address of requests decided before the moment."""
    return Joining.objects.filter(closed_at__lte=before).exclude(email="").update(name="", post="", email="")


presence.register(members_by_role)

retention.register(
    "unconfirmed_joinings",
    what=_("Requests to join whose address did not answer"),
    period=UNCONFIRMED_KEPT,
    ground=_("the address may be somebody else’s"),
    happens=_("the request is deleted"),
    apply=delete_unconfirmed,
)
retention.register(
    "decided_joinings",
    what=_("Name, post and address in decided requests to join"),
    period=DECIDED_KEPT,
    ground=_("needed to clear up who let whom in"),
    happens=_("they are emptied; the decision remains"),
    apply=empty_decided,
)
personal.register(
    "accounts.joining",
    title=_("Requests to join"),
    export=joinings_of,
    erase=erase_joinings,
    retention="decided_joinings",
)
personal.register(
    "accounts.verification",
    title=_("Verifications of first persons"),
    export=verifications_of,
    erase=erase_verifications,
    retention="decided_joinings",
)
