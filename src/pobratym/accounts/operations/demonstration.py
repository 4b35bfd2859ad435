"""What a database is for, and accounts that exist only in a demonstration."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Purpose
from pobratym.accounts.models import DatabaseMark, User
from pobratym.accounts.operations.people import AddressTaken, make_person
from pobratym.accounts.queries import is_demonstration, person_with
from pobratym.organisations.models import Body
from pobratym.vocabulary.refusals import Refusal


class OtherPurpose(Refusal):
    """The database serves something else than the settings ask for."""

    status = 409


class NotDemonstration(Refusal):
    """This database has no demonstration accounts."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This is not a demonstration. Sign in with your address and password."))


@transaction.atomic
def mark_database(*, at: dt.datetime) -> DatabaseMark:
    """Write at set-up what the database is for, as the setting DEMONSTRATION says; later only compare.

    Raises OtherPurpose: real work never becomes a demonstration, nor a demonstration real work.
    """
    wanted = Purpose.DEMONSTRATION if settings.DEMONSTRATION else Purpose.REAL
    mark = DatabaseMark.objects.filter(pk=1).first()
    if mark is None:
        used = User.objects.exists() or Body.objects.exists()
        if used and wanted == Purpose.DEMONSTRATION:
            raise OtherPurpose(
                _(
                    "The database holds records already, so it cannot become a demonstration. "
                    "Set POBRATYM_DATA to an empty folder, or unset POBRATYM_DEMONSTRATION."
                )
            )
        return DatabaseMark.objects.create(pk=1, purpose=wanted, marked_at=at)
    if mark.purpose == wanted:
        return mark
    if wanted == Purpose.DEMONSTRATION:
        raise OtherPurpose(
            _(
                "The database serves real work and never becomes a demonstration. "
                "Set POBRATYM_DATA to another folder, or unset POBRATYM_DEMONSTRATION."
            )
        )
    raise OtherPurpose(
        _(
            "The database is a demonstration and never becomes real work. "
            "Set POBRATYM_DATA to another folder, or set POBRATYM_DEMONSTRATION=yes."
        )
    )


@transaction.atomic
def make_demonstration_account(*, key: str, name: str, email: str, at: dt.datetime) -> User:
    """The account of a demonstration role, made once; nobody signs in to it by password.

    Raises NotDemonstration, or AddressTaken if the address belongs to another account.
    """
    if not is_demonstration():
        raise NotDemonstration
    known = User.objects.filter(demonstration_role=key).first()
    if known is not None:
        return known
    if person_with(email) is not None:
        raise AddressTaken
    person = make_person(email=email, name=name, by=None, at=at)
    person.demonstration_role = key
    person.save(update_fields=["demonstration_role"])
    return person


def demonstration_account(*, key: str) -> User:
    """The account of a demonstration role, for the portal's one-click sign-in. Raises NotDemonstration."""
    person = User.objects.filter(demonstration_role=key).first() if is_demonstration() else None
    if person is None:
        raise NotDemonstration
    return person
