"""The account itself, roles, invitations, substitutions, hand-overs, wishes."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import handover
from pobratym.accounts.handover import Open
from pobratym.accounts.models import Absence, Erasure, HandOver, Invitation, Membership, SecondPerson, User
from pobratym.accounts.personal import Row, plain, register, shell_address, simple
from pobratym.organisations.models import Body


def body_name(body: Body | None) -> str:
    """The body's name for a row; empty for the whole platform."""
    return str(body) if body else ""


def _account(person: User, _at: dt.datetime) -> Iterable[Row]:
    yield plain(person, "email", "name", "is_active", "last_login", "erased_at")


def _memberships(person: User, _at: dt.datetime) -> Iterable[Row]:
    for held in person.memberships.select_related("body").order_by("holds_from", "pk"):
        yield plain(held, "role", "holds_from", "holds_to", body=body_name(held.body))


def _invitations(person: User, _at: dt.datetime) -> Iterable[Row]:
    """Those to the person with the address, those by the person without the others' addresses."""
    mine = Q(email=person.email) | Q(accepted_by=person) | Q(invited_by=person)
    for invitation in Invitation.objects.filter(mine).select_related("body").order_by("invited_at", "pk"):
        to_me = invitation.email == person.email or invitation.accepted_by_id == person.pk
        row = plain(
            invitation, "role", "invited_at", "expires_at", "accepted_at",
            body=body_name(invitation.body), part="invited" if to_me else "inviting",
        )  # fmt: skip
        yield row | ({"email": invitation.email} if to_me else {})


def _erase_invitations(person: User, at: dt.datetime) -> int:
    mine = Invitation.objects.filter(Q(email=person.email) | Q(accepted_by=person))
    mine.filter(accepted_at=None, expires_at__gt=at).update(expires_at=at)
    return mine.update(email=shell_address(person))


def _absences(person: User, _at: dt.datetime) -> Iterable[Row]:
    found = Absence.objects.filter(Q(person=person) | Q(substitute=person)).select_related("body")
    for absence in found.order_by("holds_from", "pk"):
        part = "away" if absence.person_id == person.pk else "standing in"
        yield plain(absence, "holds_from", "holds_to", body=str(absence.body), part=part)


def _hand_overs(person: User, _at: dt.datetime) -> Iterable[Row]:
    found = HandOver.objects.filter(Q(person=person) | Q(successor=person) | Q(asked_by=person)).select_related("body")
    for record in found.order_by("asked_at", "pk"):
        parts = {"leaving": record.person_id, "succeeding": record.successor_id, "asking": record.asked_by_id}
        yield plain(
            record, "role", "asked_at", "done_at", "withdrawn_at",
            body=body_name(record.body),
            part=", ".join(part for part, number in parts.items() if number == person.pk),
            left_open=record.left_open if record.person_id == person.pk else [],
        )  # fmt: skip


def _erasures(person: User, _at: dt.datetime) -> Iterable[Row]:
    found = Erasure.objects.filter(Q(person=person) | Q(asked_by=person) | Q(confirmed_by=person))
    for erasure in found.order_by("asked_at", "pk"):
        mine = erasure.person_id == person.pk
        row = plain(erasure, "ground", "asked_at", "due_at", "done_at", "withdrawn_at")
        letter = {"letter_number": erasure.letter_number, "letter_on": simple(erasure.letter_on)}
        yield row | {"part": "erased" if mine else "deciding"} | (letter if mine else {})


def _wishes(person: User, _at: dt.datetime) -> Iterable[Row]:
    found = SecondPerson.objects.filter(Q(asked_by=person) | Q(answered_by=person)).order_by("asked_at", "pk")
    for wish in found:
        yield plain(
            wish, "subject", "title", "raise_from", "raise_to", "asked_at", "answered_at", "agreed",
            part="asking" if wish.asked_by_id == person.pk else "answering",
        )  # fmt: skip


def _open_wishes(membership: Membership, _at: dt.datetime) -> Iterable[Open]:
    """They are taken back when the person leaves; a successor asks anew."""
    for wish in SecondPerson.objects.filter(asked_by=membership.person_id, answered_at=None).order_by("pk"):
        yield Open(wish.title)


NUMBER_REMAINS = _("The record stays: it tells what was decided. It leads to an erased person, without a name.")

register(
    "accounts.user",
    title=_("Account"),
    export=_account,
    erase=None,
    kept=_("An empty account stays: a number without name, address and password, so that records hold together."),
    retention="accounts",
)
register(
    "accounts.membership",
    title=_("Roles"),
    export=_memberships,
    erase=None,
    kept=NUMBER_REMAINS,
    retention="roles",
)
register(
    "accounts.invitation",
    title=_("Invitations"),
    export=_invitations,
    erase=_erase_invitations,
    retention="invitations",
)
register(
    "accounts.absence",
    title=_("Substitutions"),
    export=_absences,
    erase=None,
    kept=NUMBER_REMAINS,
    retention="substitutions",
)
register(
    "accounts.handover",
    title=_("Hand-overs"),
    export=_hand_overs,
    erase=None,
    kept=NUMBER_REMAINS,
    retention="roles",
)
register(
    "accounts.erasure",
    title=_("Wishes to be erased"),
    export=_erasures,
    erase=None,
    kept=_("The wish stays with its days and the letter’s number: it proves that we did what was asked."),
    retention="erasures",
)
register(
    "accounts.secondperson",
    title=_("Wishes about visibility"),
    export=_wishes,
    erase=None,
    kept=NUMBER_REMAINS,
    retention="trail",
)

handover.register("accounts.secondperson", title=_("Wishes about visibility; they are taken back"), rows=_open_wishes)
