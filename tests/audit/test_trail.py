"""The trail: append-only, chained, in the transaction of the change."""

import datetime as dt

import pytest
from django.utils import translation

from pobratym.accounts.operations import make_person
from pobratym.audit import operations
from pobratym.audit.models import AppendOnly, Entry
from pobratym.audit.queries import history_of, reference


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
