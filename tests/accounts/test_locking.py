"""A locked account: nobody gets in, rights and loans rest, and everything is as before when it is opened again."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from pobratym.accounts import operations, queries
from pobratym.accounts.models import User
from pobratym.accounts.signing_in import BACKEND
from pobratym.audit.queries import history_of
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def moderator(make) -> User:
    make("moderator")
    return make("moderator")


def test_locked_account_has_no_session_no_sign_in_and_no_right(client, make, moderator, kalush, at):
    person = make(("coordinator", kalush))
    client.force_login(person, backend=BACKEND)
    assert client.get("/accounts/me/data/").status_code == 200

    operations.lock_account(person=person, by=moderator, at=at + HOUR)

    assert client.get("/accounts/me/data/").status_code == 302
    answer = Client().post("/accounts/sign-in/", {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 422
    assert not queries.circle_at(User.objects.get(pk=person.pk), at + HOUR).roles
    found = queries.bodies_short_of_coordinators(at + HOUR)
    assert [(body, body.coordinators) for body in found] == [(kalush, 0)]
    assert history_of(person)[0].sentence == "Обліковий запис заблоковано."


def test_opened_again_everything_is_as_before(make, moderator, kalush, at):
    person = make(("coordinator", kalush))
    before = queries.circle_at(person, at + HOUR)
    operations.lock_account(person=person, by=moderator, at=at + HOUR)

    operations.open_account(person=person, by=moderator, at=at + 2 * HOUR)

    assert queries.circle_at(User.objects.get(pk=person.pk), at + 2 * HOUR) == before
    with pytest.raises(operations.LockedAlready):
        operations.open_account(person=person, by=moderator, at=at + 3 * HOUR)


def test_neither_oneself_nor_the_last_moderator_nor_twice(make, kalush, at):
    alone = make("moderator")
    person = make(("reader", kalush))

    with pytest.raises(operations.NotYourOwn):
        operations.lock_account(person=alone, by=alone, at=at + HOUR)
    with pytest.raises(operations.LastModerator):
        operations.lock_account(person=alone, by=person, at=at + HOUR)
    operations.lock_account(person=person, by=alone, at=at + HOUR)
    with pytest.raises(operations.LockedAlready):
        operations.lock_account(person=person, by=alone, at=at + HOUR)

    assert User.objects.get(pk=alone.pk).is_active


def test_erased_account_is_not_opened(make, moderator, kalush, at):
    person = make(("reader", kalush))
    operations.ask_erasure(by=person, at=at)
    operations.erase_due(at=at + dt.timedelta(days=7))
    shell = User.objects.get(pk=person.pk)

    with pytest.raises(operations.LockedAlready):
        operations.open_account(person=shell, by=moderator, at=timezone.now())

    assert shell not in queries.locked_people()


def test_moderator_locks_and_opens_by_pages(client, make, moderator, kalush):
    person = make(("coordinator", kalush))
    client.force_login(moderator, backend=BACKEND)
    ending = client.get(f"/accounts/people/{person.memberships.get().pk}/end/")
    assert f"/accounts/people/accounts/{person.pk}/lock/" in ending.content.decode()

    assert client.get(f"/accounts/people/accounts/{person.pk}/lock/").status_code == 200
    assert client.post(f"/accounts/people/accounts/{person.pk}/lock/").url == "/accounts/people/locked/"
    assert person.email in client.get("/accounts/people/locked/").content.decode()
    assert client.post(f"/accounts/people/locked/{person.pk}/open/").status_code == 302
    assert User.objects.get(pk=person.pk).is_active


def test_coordinator_locks_nobody(client, make, kalush):
    person = make(("reader", kalush))
    client.force_login(make(("coordinator", kalush)), backend=BACKEND)

    assert client.post(f"/accounts/people/accounts/{person.pk}/lock/").status_code == 404
    assert client.get("/accounts/people/locked/").status_code == 403
    assert User.objects.get(pk=person.pk).is_active
