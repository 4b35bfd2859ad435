"""Invitations: one link, once, for seven days."""

import datetime as dt

import pytest

from pobratym.accounts import operations
from pobratym.accounts.models import Invitation, Membership, User
from pobratym.audit.queries import history_of
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "довгий пароль для проби 7"
DAY = dt.timedelta(days=1)


@pytest.fixture
def coordinator(make, kalush):
    return make(("coordinator", kalush))


@pytest.fixture
def invitation(coordinator, kalush, at) -> Invitation:
    return operations.invite(email=" New@Kalush.example", role="signatory", body=kalush, by=coordinator, at=at)


def test_mail_carries_the_link_and_the_database_only_a_digest(invitation, settings):
    mail = Message.objects.get()

    assert mail.to == "new@kalush.example"
    assert mail.subject == "Запрошення до «Побратима»"
    assert f"{settings.ADDRESS}/accounts/invitation/{invitation.token}/" in mail.text
    assert "«Калуш: міська рада»" in mail.text
    assert "підписання" in mail.text
    row = Invitation.objects.get()
    assert row.token == ""
    assert invitation.token not in (row.token_digest, mail.key)


def test_english_mail_has_an_english_link(coordinator, kalush, at):
    invited = operations.invite(email="a@b.example", role="reader", body=kalush, language="en", by=coordinator, at=at)

    mail = Message.objects.get()
    assert mail.subject == "Invitation to Pobratym"
    assert f"/en/accounts/invitation/{invited.token}/" in mail.text


def test_accepting_makes_account_and_role(invitation, kalush, at):
    person = operations.accept_invitation(
        token=invitation.token, name="Калуш, підписантка", password=PASSWORD, by=None, at=at + DAY
    )

    assert (person.email, person.name, person.check_password(PASSWORD)) == (
        "new@kalush.example",
        "Калуш, підписантка",
        True,
    )
    membership = person.memberships.get()
    assert (membership.role, membership.body, membership.holds_from) == ("signatory", kalush, at + DAY)
    assert [line.sentence for line in history_of(invitation)] == [
        "Запрошення прийнято.",
        "Надіслано запрошення: підписання.",
    ]


def test_link_works_once(invitation, at):
    operations.accept_invitation(token=invitation.token, name="X", password=PASSWORD, by=None, at=at)

    with pytest.raises(operations.InvitationUsed) as refusal:
        operations.accept_invitation(token=invitation.token, name="Y", password=PASSWORD, by=None, at=at)

    assert refusal.value.status == 410
    assert Membership.objects.filter(role="signatory").count() == 1


@pytest.mark.parametrize("later", [7 * DAY, 8 * DAY])
def test_expired_link_is_refused_without_trace(invitation, at, later):
    with pytest.raises(operations.InvitationGone) as refusal:
        operations.accept_invitation(token=invitation.token, name="X", password=PASSWORD, by=None, at=at + later)

    assert refusal.value.status == 410
    assert User.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "А" * 40])
def test_unknown_link_is_refused(invitation, at, token):
    with pytest.raises(operations.InvitationGone):
        operations.check_invitation(token=token, by=None, at=at)


def test_newer_invitation_replaces_the_older(invitation, coordinator, kalush, at):
    newer = operations.invite(email="new@kalush.example", role="signatory", body=kalush, by=coordinator, at=at)

    with pytest.raises(operations.InvitationGone):
        operations.check_invitation(token=invitation.token, by=None, at=at)
    assert operations.check_invitation(token=newer.token, by=None, at=at) == newer


def test_owner_of_an_account_accepts_when_signed_in(make, coordinator, kalush, at):
    person, stranger = make(), make()
    sent = operations.invite(email=person.email, role="editor", body=kalush, by=coordinator, at=at)

    for by in (None, stranger):
        with pytest.raises(operations.AccountExists):
            operations.accept_invitation(token=sent.token, name="X", password=PASSWORD, by=by, at=at)
    accepted = operations.accept_invitation(token=sent.token, by=person, at=at)

    assert accepted == person
    assert person.memberships.get().role == "editor"
    assert not person.check_password("X")


def test_who_has_the_role_is_not_invited_again(coordinator, kalush, at):
    with pytest.raises(operations.AlreadyHolds):
        operations.invite(email=coordinator.email, role="coordinator", body=kalush, by=coordinator, at=at)

    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_role_given_meanwhile_does_not_spoil_the_link(invitation, make, kalush, at):
    person = operations.make_person(email="new@kalush.example", name="X", by=None, at=at)
    operations.give_role(person=person, role="signatory", body=kalush, by=None, at=at)

    operations.accept_invitation(token=invitation.token, by=person, at=at)

    assert person.memberships.count() == 1
