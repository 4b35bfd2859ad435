"""Erasure: an empty shell is left; nothing leads from it to the person but what is declared."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from pobratym.accounts import operations, personal, queries
from pobratym.accounts.models import Absence, Erasure, HandOver, Invitation, SecondPerson, User
from pobratym.accounts.signing_in import BACKEND
from pobratym.audit.models import Actor, Entry
from pobratym.audit.queries import history_of, verify
from pobratym.newsroom.models import Publication
from pobratym.outbox import operations as outbox
from pobratym.outbox.models import Message
from pobratym.partnerships.models import Answer, Partnership
from tests.accounts.whole import ADDRESS, NAME, PASSWORD, STAYS, a_busy_person, found_in

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(days=7)
INSTANT = dt.timedelta(microseconds=1)


@pytest.fixture
def person(kalush, make, at) -> User:
    return a_busy_person(kalush, make, at)


@pytest.fixture
def erased(person, at) -> User:
    operations.ask_erasure(by=person, at=at + HOUR)
    assert operations.erase_due(at=at + HOUR + WEEK) == 1
    return User.objects.get(pk=person.pk)


def test_the_search_finds_what_is_there(person):
    assert found_in(ADDRESS) >= {
        "accounts_user",
        "accounts_invitation",
        "outbox_message",
        "django_tasks_database_dbtaskresult",
    }
    assert found_in(NAME) >= {"accounts_user", "audit_actor", "outbox_message", "partnerships_answer", *STAYS}


def test_neither_name_nor_address_is_left_outside_the_declared_places(erased):
    assert found_in(ADDRESS, ADDRESS.partition("@")[0]) == set()
    assert found_in(NAME) == STAYS


def test_account_is_an_empty_shell_that_nobody_enters(erased, client, at):
    assert (erased.email, erased.name) == (
        f"erased-{erased.pk}@erased.invalid",
        f"видалена особа {erased.pk} (erased person {erased.pk})",
    )
    assert (erased.is_active, erased.has_usable_password(), erased.last_login) == (False, False, None)
    assert erased.erased_at == at + HOUR + WEEK
    assert not erased.circle.roles
    answer = client.post("/accounts/sign-in/", {"email": ADDRESS, "password": PASSWORD})
    assert answer.status_code == 422


def test_open_sessions_end(person, at):
    browser, other = Client(), Client()
    browser.force_login(person, backend=BACKEND)
    other.force_login(User.objects.exclude(pk=person.pk).first(), backend=BACKEND)
    operations.ask_erasure(by=person, at=at + HOUR)

    operations.erase_due(at=at + HOUR + WEEK)

    kept = [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()]
    assert str(person.pk) not in kept
    assert len(kept) == 1


def test_rights_loans_wishes_and_waiting_things_end(erased, at):
    moment = at + HOUR + WEEK

    assert not erased.memberships.filter(holds_to=None).exists()
    assert not Absence.objects.filter(holds_to__gt=moment).exists()
    assert not SecondPerson.objects.filter(asked_by=erased, answered_at=None).exists()
    assert not HandOver.objects.filter(person=erased, done_at=None, withdrawn_at=None).exists()
    assert not Invitation.objects.filter(email=ADDRESS).exists()


def test_records_stay_and_every_chain_is_sound(erased, kalush):
    assert Publication.objects.get(title="Новина").written_by == erased
    answer = Answer.objects.get()
    assert (answer.given_by, answer.confirmed_by) == (erased.name, erased)
    assert Entry.objects.filter(actor_id=Actor.objects.get(user_id=erased.pk).pk).count() > 3
    assert [verify(subject) for subject in (erased, kalush, Partnership.objects.get(), answer)] == [None] * 4
    assert history_of(Partnership.objects.get())[0].actor == erased.name
    assert history_of(erased)[0].sentence == "Обліковий запис видалено (з власного облікового запису)."


def test_mail_that_waits_is_not_sent_and_others_read_no_name(erased, at, mailoutbox):
    outbox.deliver(at=at + HOUR + WEEK)

    assert [ADDRESS in mail.to or NAME in mail.body for mail in mailoutbox] == [False] * len(mailoutbox)
    assert not Message.objects.filter(to=erased.email).exclude(text="").exists()


def test_own_wish_waits_seven_days_and_tells_the_address(person, at):
    erasure = operations.ask_erasure(by=person, at=at + HOUR)

    assert operations.erase_due(at=at + HOUR + WEEK - INSTANT) == 0
    assert User.objects.get(pk=person.pk).is_active
    mail = Message.objects.get(key=f"accounts.erasure:{erasure.pk}")
    assert (mail.to, mail.subject) == (ADDRESS, "Ваш обліковий запис у «Побратимі» буде видалено")


def test_taken_back_nothing_happens(person, at):
    erasure = operations.ask_erasure(by=person, at=at + HOUR)
    operations.withdraw_erasure(erasure=erasure, by=person, at=at + 2 * HOUR)

    assert operations.erase_due(at=at + 2 * WEEK) == 0
    assert User.objects.get(pk=person.pk).email == ADDRESS
    with pytest.raises(operations.ErasureClosed):
        operations.withdraw_erasure(erasure=erasure, by=person, at=at + 3 * HOUR)


def test_asked_once_at_a_time(person, at):
    operations.ask_erasure(by=person, at=at + HOUR)

    with pytest.raises(operations.ErasureAsked):
        operations.ask_erasure(by=person, at=at + 2 * HOUR)
    assert Erasure.objects.count() == 1


def test_last_coordinator_hands_over_first(make, kalush, at):
    alone = make(("coordinator", kalush))

    with pytest.raises(operations.MustHandOver, match="Калуш"):
        operations.ask_erasure(by=alone, at=at + HOUR)

    assert not Erasure.objects.exists()


def test_who_became_the_last_meanwhile_waits_and_others_go_on(make, kalush, zaporizhzhia, at):
    person, colleague, other = make(("coordinator", kalush)), make(("coordinator", kalush)), make(("reader", kalush))
    operations.ask_erasure(by=person, at=at + HOUR)
    operations.ask_erasure(by=other, at=at + HOUR)
    operations.end_membership(membership=colleague.memberships.get(), by=None, at=at + 2 * HOUR)

    assert operations.erase_due(at=at + 2 * WEEK) == 1

    assert User.objects.get(pk=person.pk).erased_at is None
    assert User.objects.get(pk=other.pk).erased_at == at + 2 * WEEK
    assert queries.own_erasure(person) is not None


def test_letter_takes_two_moderators(person, make, at):
    first, second = make("moderator"), make("moderator")
    letter = {"letter_number": "12/3", "letter_on": at.date()}
    wish = operations.ask_erasure_in_writing(person=person, by=first, at=at + HOUR, **letter)

    for wrong in (first, person, make("editor")):
        with pytest.raises(operations.SecondModeratorNeeded):
            operations.confirm_erasure(erasure=wish, by=wrong, at=at + HOUR)
    assert User.objects.get(pk=person.pk).is_active
    operations.confirm_erasure(erasure=wish, by=second, at=at + 2 * HOUR)

    wish.refresh_from_db()
    assert (wish.done_at, wish.confirmed_by) == (at + 2 * HOUR, second)
    assert found_in(ADDRESS) == set()


def test_moderator_enters_no_letter_of_their_own(make, at):
    moderator = make("moderator")
    make("moderator")

    with pytest.raises(operations.SecondModeratorNeeded):
        operations.ask_erasure_in_writing(person=moderator, letter_number="1", letter_on=at.date(), by=moderator, at=at)


def test_own_wish_is_not_hurried_by_a_moderator(person, make, at):
    wish = operations.ask_erasure(by=person, at=at + HOUR)

    with pytest.raises(operations.SecondModeratorNeeded):
        operations.confirm_erasure(erasure=wish, by=make("moderator"), at=at + HOUR)


def test_failure_in_one_context_erases_nothing(person, at, monkeypatch):
    def fail(_person, _at):
        raise RuntimeError("planted")

    last = max(personal.kinds)
    planted = personal.Kind(label=last, title="x", export=lambda *_: [], erase=fail, kept="", retention="accounts")
    monkeypatch.setitem(personal.kinds, last, planted)
    operations.ask_erasure(by=person, at=at + HOUR)

    with pytest.raises(RuntimeError):
        operations.erase_due(at=at + 2 * WEEK)

    after = User.objects.get(pk=person.pk)
    assert (after.email, after.name, after.is_active) == (ADDRESS, NAME, True)
    assert Actor.objects.get(user_id=person.pk).name == NAME
