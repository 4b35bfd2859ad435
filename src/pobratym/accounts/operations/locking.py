"""Locking an account that was taken over, and opening it again: rights rest at once and come back whole."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.accounts.operations.people import LastModerator
from pobratym.accounts.queries import lasts_of
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal


class NotYourOwn(Refusal):
    """A moderator does not lock oneself out."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("You cannot lock your own account. Ask another moderator."))


class LockedAlready(Refusal):
    """Another moderator was quicker, or the account was erased."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("The account is not in that state any more. Open the list to see how it is."))


@transaction.atomic
def lock_account(*, person: User, by: User, at: dt.datetime) -> None:
    """Let nobody in by this account: its sessions, rights and loans rest until it is opened again.

    A body's last coordinator can be locked too: an account in foreign hands does not wait for a successor.
    Raises NotYourOwn, LockedAlready or LastModerator.
    """
    if person == by:
        raise NotYourOwn
    current = User.objects.select_for_update().get(pk=person.pk)
    if not current.is_active:
        raise LockedAlready
    if any(held.body_id is None for held in lasts_of(current, at)):
        raise LastModerator
    _switch(current, active=False)
    person.forget_circle()
    audit.record(verb="accounts.person.locked", by=by, subject=current, at=at)


@transaction.atomic
def open_account(*, person: User, by: User, at: dt.datetime) -> None:
    """Open a locked account again; an erased one stays an empty shell. Raises LockedAlready."""
    current = User.objects.select_for_update().get(pk=person.pk)
    if current.is_active or current.erased_at is not None:
        raise LockedAlready
    _switch(current, active=True)
    person.forget_circle()
    audit.record(verb="accounts.person.opened", by=by, subject=current, at=at)


def _switch(person: User, *, active: bool) -> None:
    person.is_active = active
    person.save(update_fields=["is_active"])
