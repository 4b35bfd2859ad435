"""Erasing a person: what is left is an empty account that holds together what was done.

An own wish waits seven days and can be taken back until then: whoever steals a session for an hour must not be able
to destroy an account, and a letter to its address tells the owner at once. A written wish is entered by a moderator
and carried out at once when a second moderator has looked at the letter.
"""

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts import personal
from pobratym.accounts.choices import ErasureGround
from pobratym.accounts.models import Absence, Erasure, HandOver, User
from pobratym.accounts.operations.people import finish_membership
from pobratym.accounts.operations.second import lapse_wishes
from pobratym.accounts.queries import lasts_of
from pobratym.accounts.rules import is_another_moderator
from pobratym.audit import operations as audit
from pobratym.outbox import operations as outbox
from pobratym.vocabulary.refusals import Refusal

logger = logging.getLogger(__name__)

DELAY = dt.timedelta(days=7)


class MustHandOver(Refusal):
    """Nobody else would answer for a body, or for the platform."""

    status = 409

    def __init__(self, where: str) -> None:
        super().__init__(
            _("Nobody else answers for: %(where)s. Hand that role over on the page of people first.") % {"where": where}
        )


class ErasureAsked(Refusal):
    """There is a wish already."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("An erasure of this account is asked for already."))


class ErasureClosed(Refusal):
    """Done, refused or taken back."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This wish is closed already: the account was erased, or the wish taken back."))


class ErasedAlready(Refusal):
    """The account is an empty shell."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This account was erased already."))


class SecondModeratorNeeded(Refusal):
    """The letter must be seen by two."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Another moderator must look at the letter: neither who entered it nor the person itself."))


@transaction.atomic
def ask_erasure(*, by: User, language: str = "uk", at: dt.datetime) -> Erasure:
    """Ask to be erased; it happens after seven days unless it is taken back. Raises MustHandOver or ErasureAsked."""
    erasure = _ask(Erasure(person=by, ground=ErasureGround.OWN, asked_by=by, asked_at=at, due_at=at + DELAY), at)
    outbox.queue(
        key=f"accounts.erasure:{erasure.pk}",
        to=by.email,
        template="accounts/mail/erasure.txt",
        data={"erasure": erasure},
        language=language,
        at=at,
    )
    return erasure


@transaction.atomic
def ask_erasure_in_writing(
    *, person: User, letter_number: str, letter_on: dt.date, by: User, at: dt.datetime
) -> Erasure:
    """Enter a person's letter that asks for erasure; a second moderator answers.

    Raises SecondModeratorNeeded for the own account, MustHandOver or ErasureAsked.
    """
    if person == by:
        raise SecondModeratorNeeded
    return _ask(
        Erasure(
            person=person,
            ground=ErasureGround.WRITTEN,
            asked_by=by,
            asked_at=at,
            letter_number=letter_number,
            letter_on=letter_on,
        ),
        at,
    )


@transaction.atomic
def withdraw_erasure(*, erasure: Erasure, by: User, at: dt.datetime) -> None:
    """Take the own wish back, or refuse a written one. Raises ErasureClosed."""
    current = _open(erasure)
    current.withdrawn_at = at
    current.save(update_fields=["withdrawn_at"])
    audit.record(verb="accounts.erasure.withdrawn", by=by, subject=current.person, at=at)


@transaction.atomic
def confirm_erasure(*, erasure: Erasure, by: User, at: dt.datetime) -> None:
    """Agree to a written wish as the second moderator and carry it out.

    Raises ErasureClosed, SecondModeratorNeeded or MustHandOver.
    """
    current = _open(erasure)
    if current.ground != ErasureGround.WRITTEN or not is_another_moderator(by, current):
        raise SecondModeratorNeeded
    current.confirmed_by = by
    _carry_out(current, by, at)


def erase_due(*, at: dt.datetime) -> int:
    """Carry out the own wishes whose days are over; how many.

    One that became a body's last coordinator meanwhile waits for the hand-over; the others go on.
    """
    done = 0
    for number in Erasure.objects.filter(done_at=None, withdrawn_at=None, due_at__lte=at).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                current = _open(Erasure(pk=number))
                _carry_out(current, None, at)
                done += 1
        except (MustHandOver, ErasureClosed) as refusal:
            logger.warning("The erasure %s waits: %s", number, refusal)
    return done


def _ask(erasure: Erasure, at: dt.datetime) -> Erasure:
    person = User.objects.select_for_update().get(pk=erasure.person_id)
    _refuse_the_last(person, at)
    if person.erased_at is not None:
        raise ErasedAlready
    try:
        with transaction.atomic():
            erasure.save(force_insert=True)
    except IntegrityError as error:
        raise ErasureAsked from error
    audit.record(verb="accounts.erasure.asked", by=erasure.asked_by, subject=person, at=at, ground=str(erasure.ground))
    return erasure


def _open(erasure: Erasure) -> Erasure:
    current = Erasure.objects.select_for_update().filter(pk=erasure.pk).first()
    if current is None or current.done_at is not None or current.withdrawn_at is not None:
        raise ErasureClosed
    return current


def _refuse_the_last(person: User, at: dt.datetime) -> None:
    lasts = lasts_of(person, at)
    if lasts:
        names = [held.body.short_name if held.body else str(_("the whole platform")) for held in lasts]
        raise MustHandOver(", ".join(names))


def _carry_out(erasure: Erasure, by: User | None, at: dt.datetime) -> None:
    person = User.objects.select_for_update().get(pk=erasure.person_id)
    _refuse_the_last(person, at)
    _end_everything(person, by, at)
    personal.erase_from_all(person, at)
    _empty(person, at)
    erasure.done_at = at
    erasure.save(update_fields=["done_at", "confirmed_by"])
    # An operator who restores an older backup needs the number; it leads to nobody.
    logger.warning("The account %s was erased.", person.pk)
    audit.record(verb="accounts.person.erased", by=by, subject=person, at=at, ground=str(erasure.ground))


def _end_everything(person: User, by: User | None, at: dt.datetime) -> None:
    """No role, loan, wish or hand-over outlives the person."""
    not_over = person.memberships.select_for_update(of=("self",)).select_related("body", "person")
    for membership in not_over.exclude(holds_to__lte=at):
        finish_membership(membership=membership, by=by, at=at)
    person.forget_circle()
    lapse_wishes(person=person, at=at)
    for mine in (Absence.objects.filter(person=person), Absence.objects.filter(substitute=person)):
        mine.filter(holds_from__gte=at).delete()
        mine.filter(holds_to__gt=at).update(holds_to=at)
    HandOver.objects.filter(person=person, done_at=None, withdrawn_at=None).update(withdrawn_at=at)


def _empty(person: User, at: dt.datetime) -> None:
    """Leave nothing in the account but its number."""
    person.email = personal.shell_address(person)
    person.name = personal.shell_name(person)
    person.set_unusable_password()
    person.is_active = False
    person.last_login = None
    person.demonstration_role = None
    person.erased_at = at
    person.save()
    person.forget_circle()
