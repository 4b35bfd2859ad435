"""Gathered letters: at eight in Kyiv, summer and winter, each notice in one letter, none lost, none against wish."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection

from pobratym.notices import operations, slots
from pobratym.notices.choices import NoticeState, Weekday, When
from pobratym.notices.models import Notice
from pobratym.outbox.models import Message
from tests.notices.conftest import seeing

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_eight_in_kyiv_is_six_in_winter_and_five_in_summer():
    assert slots.last_daily(utc("2024-02-21 06:00")) == utc("2024-02-21 06:00")
    assert slots.last_daily(utc("2024-02-21 05:59")) == utc("2024-02-20 06:00")
    assert slots.last_daily(utc("2024-07-01 05:00")) == utc("2024-07-01 05:00")
    assert slots.last_daily(utc("2024-07-01 04:59")) == utc("2024-06-30 05:00")


# Summer time began on 31 March 2024 and ended on 27 October 2024.
@pytest.mark.parametrize(
    ("evening", "morning"),
    [("2024-03-30 06:00", "2024-03-31 05:00"), ("2024-10-26 05:00", "2024-10-27 06:00")],
)
def test_when_the_clock_changes_the_letter_comes_at_eight_on_the_wall(evening, morning):
    assert slots.last_daily(utc(morning) - dt.timedelta(seconds=1)) == utc(evening)
    assert slots.last_daily(utc(morning)) == utc(morning)


def test_weekly_letter_has_its_day():
    # 26 February 2024 was a Monday.
    monday = utc("2024-02-26 06:00")

    assert slots.last_weekly(monday, Weekday.MONDAY) == monday
    assert slots.last_weekly(monday - HOUR, Weekday.MONDAY) == monday - 7 * DAY
    assert slots.last_weekly(monday + 6 * DAY, Weekday.MONDAY) == monday
    assert slots.last_weekly(monday, Weekday.SUNDAY) == monday - DAY


def letters() -> list[Message]:
    return list(Message.objects.order_by("pk"))


def test_what_waits_comes_in_one_letter_in_the_order_of_events(person, tell, at):
    tell(person, kind="tests.daily", key="2", at=at + HOUR, data={"title": "Друге", "asker": "Калуш"})
    tell(person, kind="tests.daily", key="1", at=at, data={"title": "Перше", "asker": "Калуш"})
    morning = utc("2024-02-21 06:00")

    assert operations.gather(at=morning - HOUR) == 0
    assert operations.gather(at=morning) == 1
    assert operations.gather(at=morning + HOUR) == 0

    [letter] = letters()
    assert letter.subject == "Побратим: 2 новини для вас"
    assert letter.text.index("Перше") < letter.text.index("Друге")
    assert letter.text.count("/accounts/second-person/") == 2
    assert "- Те, що щодня" in letter.text
    assert set(Notice.objects.values_list("state", "told_at", "in_digest")) == {(NoticeState.TOLD, morning, True)}


def test_worker_that_was_away_at_eight_catches_up_once(person, tell, at):
    tell(person, kind="tests.daily")

    assert operations.gather(at=at + 3 * DAY) == 1
    assert operations.gather(at=at + 3 * DAY + HOUR) == 0


def test_each_day_has_its_letter_and_each_notice_one(person, tell, at):
    for number in range(10):
        tell(
            person,
            kind="tests.daily",
            key=str(number),
            at=at + number * 5 * HOUR,
            data={"title": f"№ {number}.", "asker": "x"},
        )

    for hour in range(24 * 4):
        operations.gather(at=at + hour * HOUR)

    texts = [letter.text for letter in letters()]
    assert len(texts) == 3
    # Once as the heading, once in the sentence.
    assert [sum(text.count(f"№ {number}.") for text in texts) for number in range(10)] == [2] * 10


def test_late_notice_waits_for_the_next_letter(person, tell, at):
    tell(person, kind="tests.daily")
    morning = utc("2024-02-21 06:00")
    operations.gather(at=morning)

    tell(person, kind="tests.daily", key="late", at=morning - dt.timedelta(seconds=1))

    assert operations.gather(at=morning + HOUR) == 0
    assert operations.gather(at=morning + DAY) == 1
    assert [letter.subject for letter in letters()] == ["Побратим: 1 новина для вас"] * 2


def test_weekly_waits_for_its_day_and_then_comes_with_the_daily_ones(person, tell, at):
    """The 20th of February 2024 was a Tuesday."""
    operations.choose(person=person, chosen={"tests.now": When.WEEKLY}, weekday=3, by=person, at=at)
    tell(person)
    tell(person, kind="tests.daily", key="2", at=at + DAY)

    assert operations.gather(at=utc("2024-02-21 06:00")) == 0
    assert operations.gather(at=utc("2024-02-22 06:00")) == 1
    assert letters()[0].subject == "Побратим: 2 новини для вас"


def test_what_was_declined_meanwhile_is_not_told(person, tell, at):
    tell(person, kind="tests.daily")
    operations.choose(person=person, chosen={"tests.daily": When.OFF}, by=person, at=at)

    assert operations.gather(at=at + DAY) == 0
    operations.choose(person=person, chosen={"tests.daily": When.DAILY}, by=person, at=at)
    assert operations.gather(at=at + 2 * DAY) == 0
    assert Notice.objects.get().state == NoticeState.DROPPED


def test_choosing_at_once_brings_what_waits_in_the_next_letter(person, tell, at):
    tell(person, kind="tests.daily")
    operations.choose(person=person, chosen={"tests.daily": When.AT_ONCE}, by=person, at=at)

    assert operations.gather(at=at + DAY) == 1


def test_nobody_is_told_what_may_no_longer_be_seen(person, tell, at):
    seeing.add(person.pk)
    tell(person, kind="tests.seen", data={"title": "Таємне", "asker": "Калуш"})
    tell(person, kind="tests.daily", key="2", data={"title": "Відкрите", "asker": "Калуш"})
    seeing.clear()

    operations.gather(at=at + DAY)

    [letter] = letters()
    assert "Таємне" not in letter.text + letter.subject
    assert "Відкрите" in letter.text
    assert dict(Notice.objects.values_list("key", "state")) == {"1": NoticeState.DROPPED, "2": NoticeState.TOLD}


def test_person_who_left_hears_nothing_more(person, tell, at):
    tell(person, kind="tests.daily")
    person.is_active = False
    person.save()

    assert operations.gather(at=at + DAY) == 0
    assert letters() == []


def test_digest_is_in_the_language_of_its_day(person, tell, at):
    tell(person, kind="tests.daily")
    operations.choose(person=person, chosen={}, language="en", by=person, at=at)

    operations.gather(at=at + DAY)

    assert letters()[0].subject == "Pobratym: 1 notice for you"
    assert "Memorandum" in letters()[0].text


def test_failure_between_letter_and_mark_takes_both_back(person, other, tell, at):
    """The database breaks off right before the notices are marked: the letter goes with it, and comes once later."""
    tell(person, other, kind="tests.daily")

    def break_off(execute, sql, params, many, context):
        if sql.startswith('UPDATE "notices_notice"'):
            raise DatabaseError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(break_off), pytest.raises(DatabaseError):
        operations.gather(at=at + DAY)

    assert letters() == []
    assert operations.gather(at=at + DAY) == 2
    assert operations.gather(at=at + DAY + HOUR) == 0
    assert len(letters()) == 2


def test_decline_link_of_a_gathered_letter_names_its_kinds_only(person, tell, at, client):
    tell(person, kind="tests.daily")
    operations.choose(person=person, chosen={"tests.now": When.DAILY}, by=person, at=at)
    tell(person, kind="tests.now", key="2")
    operations.gather(at=at + DAY)

    client.post(letters()[0].unsubscribe.removeprefix("http://127.0.0.1:8000"), {"List-Unsubscribe": "One-Click"})

    from pobratym.notices.queries import chosen_by  # noqa: PLC0415

    assert chosen_by(person) == {"tests.daily": When.OFF, "tests.now": When.OFF}
