"""Sealing beside writers, in the background, and without growing with the trail."""

import datetime as dt
import logging
import threading
import tracemalloc

import pytest
from django.db import connection, connections, transaction
from django.utils import translation

from pobratym.audit import checking, protection, queries, tasks
from pobratym.audit.chains import Finding, Wrong
from pobratym.audit.checking import check
from pobratym.audit.models import Entry, Seal, SealedHead
from pobratym.audit.operations import record, seal
from pobratym.config.working import periodic_tasks

AT = dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)


class Subject:
    """Stands for any record."""

    class _meta:  # noqa: N801
        label_lower = "test.record"

    def __init__(self, pk):
        self.pk = pk


def write(number):
    return record(verb="test.record.changed", by=None, subject=Subject(number), at=AT, number=number)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_seal_takes_no_entry_whose_change_is_not_committed_yet():
    """On SQLite a writer waits for the seal, and the seal for a writer; on PostgreSQL neither does."""
    with transaction.atomic():
        write(1)
    written, may_commit = threading.Event(), threading.Event()

    def slow_change():
        try:
            with transaction.atomic():
                write(1)
                write(2)
                written.set()
                assert may_commit.wait(20)
        finally:
            connections.close_all()

    other = threading.Thread(target=slow_change)
    other.start()
    assert written.wait(20)
    during = seal(at=AT)
    may_commit.set()
    other.join(20)
    after = seal(at=AT + dt.timedelta(days=1))

    assert (during.subjects, during.entries) == (1, 1)
    assert (after.subjects, after.entries) == (2, 3)
    assert check().found == 0


def test_seal_without_news_repeats_no_head(db):
    write(1)
    first, second = seal(at=AT), seal(at=AT + dt.timedelta(days=1))

    assert (first.heads, first.entries) == (second.heads, second.entries)
    assert second.before == first.digest
    assert SealedHead.objects.count() == 1
    assert check().found == 0


def test_worker_seals_and_checks_daily(db, caplog):
    named = periodic_tasks()
    assert {name: every for name, (_task, every) in named.items() if name.startswith("audit.")} == {
        "audit.seal": dt.timedelta(days=1),
        "audit.check_trail": dt.timedelta(days=1),
    }
    write(1)

    assert tasks.seal.call(at=AT.isoformat()) == 1
    with caplog.at_level(logging.ERROR):
        assert tasks.check_trail.call(at=AT.isoformat()) == 0
    assert caplog.messages == []
    assert Seal.objects.get().at == AT


def test_worker_logs_what_is_wrong(db, caplog):
    write(1)
    protection.unprotect(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET verb = 'test.record.forged'")
    protection.protect(connection)

    with caplog.at_level(logging.ERROR):
        assert tasks.check_trail.call(at=AT.isoformat()) == 1

    told = Finding(Wrong.ALTERED, 1, "test.record:1").sentence()
    assert [message for message in caplog.messages if told in message]


@pytest.mark.parametrize("wrong", Wrong)
def test_every_finding_is_a_sentence_in_both_languages(wrong):
    finding = Finding(wrong, 3, "test.record:1", other=5, where="2")
    ukrainian = finding.sentence()
    with translation.override("en"):
        english = finding.sentence()

    assert ukrainian != english
    assert "%(" not in ukrainian + english


def peak_of_a_check():
    tracemalloc.start()
    report = check()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.found == 0
    return peak


def test_memory_of_a_check_does_not_grow_with_the_trail(db, monkeypatch):
    """Ten times the entries and heads, rows read twenty at a time."""
    monkeypatch.setattr(checking, "CHUNK", 20)
    monkeypatch.setattr(queries, "CHUNK", 20)
    for number in range(100):
        write(number)
    seal(at=AT)
    check()  # what is loaded once
    small = peak_of_a_check()
    for number in range(100, 1000):
        write(number)
    seal(at=AT)

    assert Entry.objects.count() == 1000
    assert peak_of_a_check() < small * 2
