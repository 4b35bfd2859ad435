"""The trail: append-only, chained, in the transaction of the change."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import translation

from pobratym.accounts.operations import make_person
from pobratym.audit import operations, protection
from pobratym.audit.history import register, sentence, sentences
from pobratym.audit.models import Actor, AppendOnly, Entry
from pobratym.audit.queries import history_of, reference, verify


@pytest.fixture
def person(db, at):
    return make_person(email="kalush@pobratym.example", name="Калуш, координація", by=None, at=at)


def test_entry_is_never_changed_or_deleted(person):
    entry = Entry.objects.about(reference(person)).get()

    for forbidden in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(verb="x")):
        with pytest.raises(AppendOnly):
            forbidden()
    assert Entry.objects.count() == 1


def test_entries_of_a_subject_are_chained(person, at):
    first = Entry.objects.about(reference(person)).get()
    second = operations.record(verb="accounts.person.entered", by=person, subject=person, at=at)

    assert second.position == first.position + 1
    assert second.digest == operations.digest(second, before=first.digest)
    second.facts = {"changed": True}
    assert second.digest != operations.digest(second, before=first.digest)


@pytest.mark.django_db(transaction=True, databases=["default"])
def test_nothing_is_recorded_outside_a_transaction():
    class Subject:
        pk = 1

    with pytest.raises(operations.NotInTransaction):
        operations.record(verb="a.b.c", by=None, subject=Subject(), at=dt.datetime.now(dt.UTC))


def test_history_is_read_in_both_languages(person):
    ukrainian = history_of(person)[0].sentence
    with translation.override("en"):
        english = history_of(person)[0].sentence

    assert ukrainian != english
    assert "accounts." not in english


def test_entry_goes_back_with_its_transaction(person, at):
    class Undo(Exception):
        pass

    with pytest.raises(Undo), transaction.atomic():  # noqa: PT012  # the second line undoes the first
        operations.record(verb="accounts.person.made", by=person, subject=person, at=at)
        raise Undo

    assert Entry.objects.about(reference(person)).count() == 1


def test_name_of_an_actor_stands_outside_the_chain(person, at):
    operations.record(verb="accounts.person.made", by=person, subject=person, at=at)
    assert history_of(person)[0].actor == "Калуш, координація"

    Actor.objects.update(name="")

    assert history_of(person)[0].actor == ""
    assert verify(person) is None


MANIPULATIONS = {
    "facts": ("UPDATE audit_entry SET facts = '{}' WHERE position = 2", 2),
    "actor": ("UPDATE audit_entry SET actor_id = NULL WHERE position = 2", 2),
    "verb": ("UPDATE audit_entry SET verb = 'accounts.person.made' WHERE position = 3", 3),
    "moment": ("UPDATE audit_entry SET at = '2020-01-01 00:00:00+00:00' WHERE position = 1", 1),
    "removed from the middle": ("DELETE FROM audit_entry WHERE position = 2", 2),
    "removed from the beginning": ("DELETE FROM audit_entry WHERE position = 1", 1),
    "moved": ("UPDATE audit_entry SET position = 9 WHERE position = 2", 2),
}


@pytest.mark.parametrize(("statement", "position"), MANIPULATIONS.values(), ids=MANIPULATIONS)
def test_manipulation_behind_our_back_is_found(person, at, statement, position):
    for role in ("editor", "reader"):
        operations.record(verb="accounts.membership.given", by=person, subject=person, at=at, role=role)
    assert verify(person) is None
    protection.unprotect(connection)

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert verify(person) == position


def test_facts_are_shown_as_words_and_dates():
    words = {"before": {"team": "Команда"}}
    register({"test.record.changed": "%(before)s, %(day)s, %(nothing)s"}, choices=words)

    shown = sentence("test.record.changed", {"before": "team, other", "day": "2024-02-20", "nothing": None})

    assert shown == "Команда, other, 20.02.2024, —"
    assert sentence("test.record.unknown", {}) == "test.record.unknown"
    del sentences["test.record.changed"]


def test_history_of_several_subjects_is_read_together_with_equal_queries(person, at, django_assert_num_queries):
    other = make_person(email="other@pobratym.example", name="Запоріжжя, координація", by=person, at=at)
    later = at + dt.timedelta(days=1)
    operations.record(verb="accounts.membership.given", by=other, subject=person, at=later, role="editor")

    with django_assert_num_queries(2):
        lines = history_of(person, other)

    assert [(line.at, line.actor) for line in lines] == [(later, other.name), (at, person.name), (at, "")]
