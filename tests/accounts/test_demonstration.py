"""Demonstration accounts live in a database marked so, and nowhere else."""

import pytest
from django.contrib.auth import authenticate

from pobratym.accounts import operations, queries
from pobratym.accounts.backends import People
from pobratym.accounts.models import DatabaseMark, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, at):
    settings.DEMONSTRATION = True
    operations.mark_database(at=at)


def account(at, key: str = "kalush") -> User:
    return operations.make_demonstration_account(
        key=key, name="Калуш, координаторка", email=f"{key}@pobratym.example", at=at
    )


def test_account_is_made_once(demonstration, at):
    first = account(at)

    assert account(at) == first
    assert operations.demonstration_account(key="kalush") == first
    assert not first.has_usable_password()
    assert User.objects.count() == 1


def test_real_database_has_none(settings, at):
    settings.DEMONSTRATION = False
    operations.mark_database(at=at)

    with pytest.raises(operations.NotDemonstration):
        account(at)
    with pytest.raises(operations.NotDemonstration):
        operations.demonstration_account(key="kalush")
    assert not User.objects.exists()


def test_switch_alone_does_not_make_a_demonstration(settings, at):
    settings.DEMONSTRATION = False
    operations.mark_database(at=at)
    settings.DEMONSTRATION = True

    with pytest.raises(operations.NotDemonstration):
        account(at)
    assert not queries.is_demonstration()


def test_unknown_role_is_refused(demonstration, at):
    with pytest.raises(operations.NotDemonstration):
        operations.demonstration_account(key="kalush")


def test_address_of_another_account_is_refused(demonstration, at):
    operations.make_person(email="kalush@pobratym.example", name="X", by=None, at=at)

    with pytest.raises(operations.AddressTaken):
        account(at)


@pytest.mark.parametrize(
    ("first", "then", "words"), [(False, True, "справжньої роботи"), (True, False, "демонстрація")]
)
def test_database_keeps_its_purpose(settings, at, first, then, words):
    settings.DEMONSTRATION = first
    mark = operations.mark_database(at=at)
    assert operations.mark_database(at=at) == mark
    settings.DEMONSTRATION = then

    with pytest.raises(operations.OtherPurpose, match=words):
        operations.mark_database(at=at)

    assert DatabaseMark.objects.get().purpose == mark.purpose


def test_used_database_without_a_mark_never_becomes_a_demonstration(settings, at, make):
    make()
    settings.DEMONSTRATION = True

    with pytest.raises(operations.OtherPurpose, match="порожню теку"):
        operations.mark_database(at=at)

    assert not DatabaseMark.objects.exists()


def test_demonstration_account_cannot_sign_in_to_real_work(demonstration, settings, at):
    person = account(at)
    person.set_password("довгий пароль для проби 7")
    person.save()
    assert authenticate(None, username=person.email, password="довгий пароль для проби 7") == person

    settings.DEMONSTRATION = False

    assert authenticate(None, username=person.email, password="довгий пароль для проби 7") is None
    assert People().get_user(person.pk) is None
