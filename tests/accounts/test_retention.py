"""Periods: just before its end nothing is touched, at its end everything that is due and no more."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from pobratym.accounts import operations, retention, tasks
from pobratym.accounts.models import Absence, Invitation
from pobratym.audit.models import Entry, Sight
from pobratym.limits.models import Meter
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
INSTANT = dt.timedelta(microseconds=1)


def one_invitation(make, kalush, at):
    operations.invite(email="a@pobratym.example", role="editor", by=make("moderator"), at=at)
    return Invitation.objects, at + dt.timedelta(days=7)


def one_session(make, kalush, at):
    Session.objects.create(session_key="s", session_data="x", expire_date=at)
    return Session.objects, at


def one_absence(make, kalush, at):
    person, colleague = make(("coordinator", kalush)), make(("reader", kalush))
    operations.name_substitute(body=kalush, substitute=colleague, holds_from=at, holds_to=at + DAY, by=person, at=at)
    return Absence.objects, at + DAY


def one_sight(make, kalush, at):
    Sight.objects.create(subject="x:1", actor_id=1, hour=at, first_at=at, last_at=at)
    return Sight.objects, at


def one_task(make, kalush, at):
    DBTaskResult.objects.create(args_kwargs={}, task_path="x", backend_name="default", run_after=at, finished_at=at)
    return DBTaskResult.objects, at


def one_attempt(make, kalush, at):
    busy = at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    Meter.objects.create(key="x", busy_until=busy // INSTANT)
    return Meter.objects, at


ROWS = {
    "attempts": one_attempt,
    "invitations": one_invitation,
    "sessions": one_session,
    "substitutions": one_absence,
    "seen": one_sight,
    "tasks": one_task,
}


@pytest.mark.parametrize("code", ROWS)
def test_row_goes_when_its_time_is_over_and_not_before(code, make, kalush, at):
    rows, over = ROWS[code](make, kalush, at)
    end = over + retention.rules[code].period

    before = operations.apply_retention(at=end - INSTANT)
    assert (before.get(code), rows.count()) == (None, 1)
    after = operations.apply_retention(at=end + INSTANT)
    assert (after[code], rows.count()) == (1, 0)
    assert operations.apply_retention(at=end + DAY).get(code) is None


def test_device_goes_with_its_session_and_one_that_is_signed_in_stays(make, at):
    person = make("reader")
    for key, expires in (("gone", None), ("living", at + 30 * DAY)):
        UserSession.objects.create(user=person, session_key=key, ip="192.0.2.7", user_agent="x", last_seen_at=at)
        if expires:
            Session.objects.create(session_key=key, session_data="x", expire_date=expires)

    operations.apply_retention(at=at + 2 * DAY)

    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["living"]


def test_mail_loses_its_content_and_keeps_its_day(at):
    mail = Message.objects.create(
        key="x:1", to="a@pobratym.example", subject="Лист", text="Вітаємо!", queued_at=at, due_at=at, sent_at=at,
        state="sent",
    )  # fmt: skip
    waiting = Message.objects.create(key="x:2", to="b@pobratym.example", subject="L", text="T", queued_at=at, due_at=at)

    operations.apply_retention(at=at + retention.rules["mails"].period + INSTANT)

    mail.refresh_from_db()
    waiting.refresh_from_db()
    assert (mail.to, mail.subject, mail.text, mail.sent_at) == ("", "", "", at)
    assert (waiting.to, waiting.text) == ("b@pobratym.example", "T")


def test_trail_and_roles_are_not_touched(make, kalush, at):
    person = make(("coordinator", kalush), end=at + DAY)
    entries = Entry.objects.count()

    operations.apply_retention(at=at + dt.timedelta(days=20 * 365))

    assert person.memberships.count() == 1
    assert Entry.objects.count() == entries


def test_rule_that_fails_hinders_no_other_of_the_next_days(make, kalush, at, monkeypatch):
    rows, over = one_session(make, kalush, at)

    def fail(_before, _at):
        raise RuntimeError("planted")

    monkeypatch.setitem(
        retention.rules,
        "planted",
        retention.Rule("planted", what="x", ground="x", happens="x", period=DAY, apply=fail),
    )
    done = operations.apply_retention(at=over + 2 * DAY)

    assert rows.count() == 0
    assert done["sessions"] == 1


def test_tasks_take_the_moment_as_argument(make, kalush, at):
    rows, over = one_session(make, kalush, at)
    person = make(("reader", kalush))
    operations.ask_erasure(by=person, at=at)

    assert tasks.apply_retention.call(at=(over + 2 * DAY).isoformat())["sessions"] == 1
    assert tasks.erase_due.call(at=(at + 7 * DAY).isoformat()) == 1
    assert rows.count() == 0
    assert {task.name for task, _every in tasks.PERIODIC} == {"erase_due", "apply_retention"}


@pytest.mark.parametrize(("language", "words"), [("", "не звірено"), ("/en", "not verified")])
def test_public_page_shows_every_rule_and_what_is_not_verified(client, language, words):
    page = client.get(f"{language}/accounts/kept/")

    assert page.status_code == 200
    text = page.content.decode()
    assert text.count('<th scope="row">') == len(retention.rules)
    assert text.count(words) >= len([rule for rule in retention.rules.values() if rule.law and not rule.verified])
