"""One's own name and address; a new address counts when it has answered, and the old one is told."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.accounts.operations.letters import tell_person
from pobratym.accounts.queries import person_with
from pobratym.audit import operations as audit
from pobratym.vocabulary.refusals import Refusal

SALT = "accounts.address"
VALID_FOR = dt.timedelta(days=1)


class AddressGone(Refusal):
    """The link is older than a day, was used, or the address has an account of its own by now."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link no longer works. Ask for the change of address anew under “My account”."))


@transaction.atomic
def rename_person(*, person: User, name: str, by: User, at: dt.datetime) -> None:
    """Change the name that stands beside what the person does from now on."""
    if person.name != name.strip():
        person.name = name.strip()
        person.save(update_fields=["name"])
        audit.record(verb="accounts.person.renamed", by=by, subject=person, at=at)


@transaction.atomic
def ask_new_address(*, person: User, email: str, language: str, by: User, at: dt.datetime) -> None:
    """Send a link to the new address and tell the old one.

    An address that has an account gets a letter that says so, and the asker learns nothing about it.
    """
    email = email.strip().lower()
    token = signing.dumps([by.pk, by.email, email, int(at.timestamp())], salt=SALT)
    with translation.override(language):
        address = settings.ADDRESS + reverse("accounts:confirm_address", args=[token])
    key = f"{person.pk}:{at.isoformat()}"
    taken = person_with(email) is not None
    tell_person(
        person=person, about="address_new", key=key, language=language, at=at, to=email, address=address, taken=taken
    )
    tell_person(person=person, about="address_asked", key=key, language=language, at=at, new=email)
    audit.record(verb="accounts.address.asked", by=by, subject=person, at=at)


@transaction.atomic
def confirm_new_address(*, token: str, language: str, at: dt.datetime) -> User:
    """Take the address that has answered by its link. Raises AddressGone."""
    number, before, email = read_address(token=token, at=at)
    person = User.objects.select_for_update().filter(pk=number, email=before, is_active=True).first()
    if person is None or person_with(email) is not None:
        raise AddressGone
    person.email = email
    person.save(update_fields=["email"])
    audit.record(verb="accounts.address.changed", by=person, subject=person, at=at)
    key = f"{person.pk}:{at.isoformat()}"
    tell_person(person=person, about="address_changed", key=key, language=language, at=at, to=before, new=email)
    return person


def read_address(*, token: str, at: dt.datetime) -> tuple[int, str, str]:
    """Whose address the link changes, from which to which. Raises AddressGone."""
    try:
        number, before, email, asked = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise AddressGone from error
    if at.timestamp() - asked > VALID_FOR.total_seconds():
        raise AddressGone
    return number, before, email
