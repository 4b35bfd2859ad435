"""Memberships: given, ended, and rights that end at the end."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from pobratym.accounts import operations, queries, rules
from pobratym.accounts.models import Membership, User
from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations import operations as organisations

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_address_is_taken_whatever_its_case(make, at):
    person = make()

    with pytest.raises(operations.AddressTaken):
        operations.make_person(email=person.email.upper(), name="X", by=None, at=at)

    assert User.objects.count() == 1


def test_role_holds_from_its_beginning_until_its_end(make, kalush, at):
    person = make(("signatory", kalush), begin=at, end=at + HOUR)

    moments = [at - HOUR, at, at + HOUR - dt.timedelta(microseconds=1), at + HOUR]
    assert [rules.speaks_for(person, kalush, "signatory", at=moment) for moment in moments] == [
        False,
        True,
        True,
        False,
    ]


def test_role_of_an_ended_body_is_over(make, kalush, at):
    person = make(("coordinator", kalush))
    organisations.end_body(body=kalush, acts_to=dt.date(2024, 3, 1), by=None, at=at)

    assert rules.speaks_for(person, kalush, at=dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC))
    assert not rules.speaks_for(person, kalush, at=dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
    assert not rules.speaks_for(person, kalush)


def test_same_role_twice_is_refused_but_may_follow(make, kalush, at):
    person = make(("editor", kalush), end=at + HOUR)

    with pytest.raises(operations.AlreadyHolds):
        operations.give_role(person=person, role="editor", body=kalush, by=None, at=at)
    operations.give_role(person=person, role="editor", body=kalush, by=None, at=at + HOUR)

    assert person.memberships.count() == 2


@pytest.mark.parametrize(("role", "with_body"), [("coordinator", False), ("signatory", False), ("moderator", True)])
def test_role_in_the_wrong_scope_is_refused(make, kalush, at, role, with_body):
    person = make()

    with pytest.raises(operations.RoleNeedsOtherScope):
        operations.give_role(person=person, role=role, body=kalush if with_body else None, by=None, at=at)

    assert not Membership.objects.exists()
    assert not Entry.objects.filter(verb="accounts.membership.given").exists()


def test_ending_takes_the_right_at_once_and_is_told(make, kalush, at):
    moderator = make("moderator")
    person = make(("coordinator", kalush))
    make(("coordinator", kalush))
    membership = person.memberships.get()
    assert person.circle.bodies == {kalush.pk}

    operations.end_membership(membership=membership, by=moderator, at=at + HOUR)

    assert User.objects.get(pk=person.pk).circle.bodies == frozenset()
    assert [(line.actor, line.sentence) for line in history_of(person)[:1]] == [
        ("moderator", "Роль завершено: координація.")
    ]
    with pytest.raises(operations.AlreadyEnded):
        operations.end_membership(membership=membership, by=moderator, at=at + 2 * HOUR)


def test_role_that_has_not_begun_is_taken_back(make, kalush, at):
    person = make(("reader", kalush), begin=at + HOUR)

    operations.end_membership(membership=person.memberships.get(), by=None, at=at)

    assert not Membership.objects.exists()


def test_circle_asks_once_for_a_user_and_never_for_a_visitor(make, kalush, at, django_assert_num_queries):
    person = User.objects.get(pk=make(("coordinator", kalush), "editor").pk)

    with django_assert_num_queries(1):
        answers = [queries.circle(person).is_editor, rules.speaks_for(person, kalush), rules.is_moderator(person)]
    with django_assert_num_queries(0):
        visitor = queries.circle(AnonymousUser())

    assert answers == [True, True, False]
    assert visitor.bodies == frozenset()


def test_inactive_account_has_no_rights(make, kalush, at):
    person = make(("coordinator", kalush), "moderator")
    person.is_active = False
    person.save()

    again = User.objects.get(pk=person.pk)
    assert not again.circle.roles
    assert not queries.circle_at(again, at).roles
    assert not again.has_perm("accounts.invite_to_platform")
