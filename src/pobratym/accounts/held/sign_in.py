"""Sessions and what proves a person at sign-in: names and dates are shown, secrets never."""

import datetime as dt
from collections.abc import Iterable, Iterator

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import Identity, User
from pobratym.accounts.personal import Row, plain, register


def sessions_of(person: User) -> Iterator[Session]:
    """The stored sessions in which the person is signed in, listed or not: each has to be opened for that."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            yield session


def _sessions(person: User, _at: dt.datetime) -> Iterable[Row]:
    keys = UserSession.objects.filter(user_id=person.pk).values("session_key")
    for session in Session.objects.filter(pk__in=keys).order_by("expire_date"):
        # The key is what opens the session: it is not given out.
        yield {"expires_at": session.expire_date.isoformat()}


def _end_sessions(person: User, _at: dt.datetime) -> int:
    keys = [session.pk for session in sessions_of(person)]
    keys += UserSession.objects.filter(user_id=person.pk).values_list("session_key", flat=True)
    number, _kinds = Session.objects.filter(pk__in=keys).delete()
    return int(number)


def _devices(person: User, _at: dt.datetime) -> Iterable[Row]:
    for device in UserSession.objects.filter(user_id=person.pk).order_by("created_at", "pk"):
        yield plain(device, "created_at", "last_seen_at", "ip", "user_agent")


def _forget_devices(person: User, _at: dt.datetime) -> int:
    number, _kinds = UserSession.objects.filter(user_id=person.pk).delete()
    return int(number)


def _factors(person: User, _at: dt.datetime) -> Iterable[Row]:
    for factor in Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk"):
        name = factor.data.get("name", "") if isinstance(factor.data, dict) else ""
        yield plain(factor, "type", "created_at", "last_used_at", name=str(name))


def _forget_factors(person: User, _at: dt.datetime) -> int:
    number, _kinds = Authenticator.objects.filter(user_id=person.pk).delete()
    return int(number)


def _addresses(person: User, _at: dt.datetime) -> Iterable[Row]:
    for address in EmailAddress.objects.filter(user_id=person.pk).order_by("pk"):
        yield plain(address, "email", "verified", "primary")


def _forget_addresses(person: User, _at: dt.datetime) -> int:
    number, _kinds = EmailAddress.objects.filter(user_id=person.pk).delete()
    return int(number)


def _confirmations(person: User, _at: dt.datetime) -> Iterable[Row]:
    for sent in EmailConfirmation.objects.filter(email_address__user_id=person.pk).order_by("pk"):
        yield plain(sent, "created", "sent")


def _forget_confirmations(person: User, _at: dt.datetime) -> int:
    number, _kinds = EmailConfirmation.objects.filter(email_address__user_id=person.pk).delete()
    return int(number)


def _identities(person: User, _at: dt.datetime) -> Iterable[Row]:
    for identity in Identity.objects.filter(person=person).order_by("pk"):
        yield plain(identity, "issuer", "subject", "linked_at", "last_used_at")


def _forget_identities(person: User, _at: dt.datetime) -> int:
    number, _kinds = Identity.objects.filter(person=person).delete()
    return int(number)


register(
    "accounts.identity",
    title=_("Identity providers connected"),
    export=_identities,
    erase=_forget_identities,
    retention="accounts",
)
register("sessions.session", title=_("Sessions"), export=_sessions, erase=_end_sessions, retention="sessions")
register(
    "usersessions.usersession",
    title=_("Devices signed in"),
    export=_devices,
    erase=_forget_devices,
    retention="sessions",
)
register("mfa.authenticator", title=_("Second factors"), export=_factors, erase=_forget_factors, retention="accounts")
register(
    "account.emailaddress",
    title=_("Addresses for sign-in"),
    export=_addresses,
    erase=_forget_addresses,
    retention="accounts",
)
register(
    "account.emailconfirmation",
    title=_("Confirmations of an address"),
    export=_confirmations,
    erase=_forget_confirmations,
    retention="accounts",
)
