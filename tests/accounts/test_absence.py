"""Substitution: dated, by its end over, never a signature, never longer than what it stands for."""

import datetime as dt

import pytest

from pobratym.accounts import operations, queries
from pobratym.accounts.models import Absence, Membership, User
from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of, verify
from pobratym.organisations import operations as organisations
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
INSTANT = dt.timedelta(microseconds=1)


@pytest.fixture
def away(make, kalush) -> User:
    return make(("coordinator", kalush), ("signatory", kalush), ("editor", kalush))


@pytest.fixture
def colleague(make, kalush) -> User:
    return make(("reader", kalush))


@pytest.fixture
def absence(away, colleague, kalush, at) -> Absence:
    return operations.name_substitute(
        body=kalush, substitute=colleague, holds_from=at + DAY, holds_to=at + 3 * DAY, by=away, at=at
    )


def borrowed(person, at) -> set[str]:
    return {role for role, _body in queries.circle_at(person, at).acting}


def test_substitute_has_the_work_for_the_period_and_no_signature(absence, colleague, at):
    moments = [at, at + DAY - INSTANT, at + DAY, at + 3 * DAY - INSTANT, at + 3 * DAY]

    assert [borrowed(colleague, moment) for moment in moments] == [
        set(),
        set(),
        {"coordinator", "editor"},
        {"coordinator", "editor"},
        set(),
    ]


def test_the_absent_person_keeps_the_own_roles(absence, away, at):
    assert len(queries.circle_at(away, at + 2 * DAY).own) == 3


def test_loan_ends_with_the_own_role_of_the_absent_person(absence, away, colleague, make, kalush, at):
    make(("coordinator", kalush))
    role = away.memberships.get(role="coordinator")

    operations.end_membership(membership=role, by=away, at=at + 2 * DAY)

    assert borrowed(colleague, at + 2 * DAY) == {"editor"}


def test_loan_ends_with_the_account_the_body_and_the_belonging(absence, away, colleague, kalush, at):
    moment = at + 2 * DAY
    User.objects.filter(pk=away.pk).update(is_active=False)
    assert borrowed(colleague, moment) == set()
    User.objects.filter(pk=away.pk).update(is_active=True)
    assert borrowed(colleague, moment) == {"coordinator", "editor"}

    operations.end_membership(membership=colleague.memberships.get(), by=None, at=moment)
    assert borrowed(colleague, moment) == set()
    operations.give_role(person=colleague, role="reader", body=kalush, by=None, at=moment)
    organisations.end_body(body=kalush, acts_to=moment.date(), by=None, at=moment)
    assert borrowed(colleague, moment) == set()


def test_what_is_borrowed_is_not_lent_on(absence, away, colleague, make, kalush, at):
    third = make(("reader", kalush))

    with pytest.raises(operations.AbsenceRefused):
        operations.name_substitute(
            body=kalush, substitute=third, holds_from=at + DAY, holds_to=at + 2 * DAY, by=colleague, at=at + DAY
        )

    assert borrowed(third, at + DAY + HOUR) == set()


def test_substitute_decides_nothing_about_people(away, colleague, kalush):
    now = dt.datetime.now(dt.UTC)
    operations.name_substitute(
        body=kalush, substitute=colleague, holds_from=now - DAY, holds_to=now + DAY, by=away, at=now - DAY
    )
    acting = User.objects.get(pk=colleague.pk)
    assert acting.circle.has(kalush.pk, "coordinator")

    answers = [
        acting.has_perm("accounts.see_people"),
        acting.has_perm("accounts.invite", kalush),
        acting.has_perm("accounts.end_membership", away.memberships.first()),
        acting.has_perm("accounts.hand_over", away.memberships.first()),
    ]
    assert answers == [False, False, False, False]
    assert acting.has_perm("partnerships.propose")


def test_trail_tells_for_whom(absence, away, colleague, kalush, at):
    organisations.end_body(body=kalush, acts_to=(at + 9 * DAY).date(), by=colleague, at=at + 2 * DAY)

    entry = Entry.objects.get(verb="organisations.body.ended")
    assert entry.facts["acting_for"] == away.pk
    assert history_of(kalush)[0].actor == f"{colleague.name} (заміщує: {away.name})"
    assert verify(kalush) is None


def test_own_deed_is_told_as_own(absence, away, colleague, kalush, at):
    organisations.end_body(body=kalush, acts_to=(at + 9 * DAY).date(), by=colleague, at=at + 4 * DAY)

    assert "acting_for" not in Entry.objects.get(verb="organisations.body.ended").facts


def test_naming_is_told_in_the_history_and_by_mail(absence, away, colleague):
    assert history_of(away)[0].sentence == "Заміщує колега з 21.02.2024 по 23.02.2024."
    mail = Message.objects.get(key=f"accounts.absence:{absence.pk}")
    assert mail.to == colleague.email
    assert away.name in mail.text


@pytest.mark.parametrize(
    ("begin", "end"),
    [(2 * DAY, DAY), (DAY, DAY), (-3 * DAY, -DAY), (DAY, dt.timedelta(days=200))],
    ids=["backwards", "empty", "past", "too long"],
)
def test_period_must_make_sense(begin, end, away, colleague, kalush, at):
    with pytest.raises(operations.AbsenceRefused):
        operations.name_substitute(
            body=kalush, substitute=colleague, holds_from=at + begin, holds_to=at + end, by=away, at=at
        )

    assert not Absence.objects.exists()
    assert not Message.objects.exists()


def test_two_substitutes_for_the_same_days_are_refused_and_may_follow(absence, away, make, kalush, at):
    third = make(("reader", kalush))

    with pytest.raises(operations.AbsenceRefused):
        operations.name_substitute(
            body=kalush, substitute=third, holds_from=at + 2 * DAY, holds_to=at + 5 * DAY, by=away, at=at
        )
    operations.name_substitute(
        body=kalush, substitute=third, holds_from=at + 3 * DAY, holds_to=at + 5 * DAY, by=away, at=at
    )

    assert Absence.objects.count() == 2


@pytest.mark.parametrize("whom", ["stranger", "oneself", "inactive"])
def test_substitute_is_an_active_colleague(whom, away, colleague, make, kalush, zaporizhzhia, at):
    people = {"stranger": make(("coordinator", zaporizhzhia)), "oneself": away, "inactive": colleague}
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    with pytest.raises(operations.AbsenceRefused):
        operations.name_substitute(
            body=kalush, substitute=people[whom], holds_from=at, holds_to=at + DAY, by=away, at=at
        )


def test_signatory_alone_has_nothing_to_lend(make, colleague, kalush, at):
    with pytest.raises(operations.AbsenceRefused):
        operations.name_substitute(
            body=kalush, substitute=colleague, holds_from=at, holds_to=at + DAY,
            by=make(("signatory", kalush)), at=at,
        )  # fmt: skip


def test_ended_early_or_taken_back(absence, away, colleague, at):
    operations.end_absence(absence=absence, by=away, at=at + 2 * DAY)
    assert borrowed(colleague, at + 2 * DAY) == set()
    assert borrowed(colleague, at + 2 * DAY - INSTANT) == {"coordinator", "editor"}
    with pytest.raises(operations.AbsenceOver):
        operations.end_absence(absence=absence, by=away, at=at + 2 * DAY)


def test_one_that_has_not_begun_is_taken_back(absence, away, at):
    operations.end_absence(absence=absence, by=away, at=at)

    assert not Absence.objects.exists()
    assert Entry.objects.filter(verb="accounts.absence.ended").count() == 1


def test_circle_still_costs_one_query(absence, colleague, django_assert_num_queries):
    person = User.objects.get(pk=colleague.pk)

    with django_assert_num_queries(1):
        assert isinstance(person.circle.roles, frozenset)
    assert Membership.objects.count() == 4
