"""Planted manipulations, by somebody who has the rights of the database's owner, are found and named exactly."""
# ruff: noqa: S608  # the attacker writes his statements as he likes

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pobratym.audit import checking, protection
from pobratym.audit.chains import Finding, Wrong, digest
from pobratym.audit.checking import check
from pobratym.audit.models import Actor, Entry, Seal, SealedHead
from pobratym.audit.operations import NotDemonstration, clear_trail, seal
from pobratym.audit.seal_file import SealFile
from tests.audit.bending import AT, NAMES, ONE_ENTRY, A, B, findings, kept, rewrite, run, write


def test_sound_trail_is_counted(trail, at, tmp_path):
    seal(at=at)
    write(B, 4)
    seal(at=at + dt.timedelta(days=1))

    report = check([SealFile(kept(tmp_path, 1)), SealFile(kept(tmp_path, 2))])

    assert (report.found, report.entries, report.subjects, report.seals) == (0, 10, 3, 2)
    # Only what is new is kept again.
    assert list(SealedHead.objects.order_by("number", "subject").values_list("number", "subject", "position")) == [
        (1, NAMES["a"], 5),
        (1, NAMES["b"], 3),
        (1, NAMES["c"], 1),
        (2, NAMES["b"], 4),
    ]


def test_trail_without_entries_is_sound(db, at):
    assert check().found == 0
    assert seal(at=at).entries == 0
    assert check().found == 0


def test_erased_name_of_an_actor_leaves_the_trail_sound(trail, at, tmp_path):
    seal(at=at)
    path = kept(tmp_path)

    Actor.objects.update(name="")

    assert check([SealFile(path)]).found == 0


EDITS = {
    "verb": "verb = 'test.record.other'",
    "at": "at = '2020-01-01 00:00:00+00:00'",
    "actor": "actor_id = 5",
    "body": "body_id = 5",
    "facts": 'facts = \'{"number": 3, "done": 1}\'',
    "digest": f"digest = '{'0' * 64}'",
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("position", [1, 3, 5])
def test_edited_column_is_named(owner, change, position):
    owner(f"UPDATE audit_entry SET {change} {ONE_ENTRY}{position}")

    assert findings() == [Finding(Wrong.ALTERED, position, NAMES["a"])]


# SQLite takes any text for a moment; Django reads the first as none and cannot read the second. PostgreSQL
# refuses both, but takes facts that are no object.
UNREADABLE = {
    "no moment": ("at = 'yesterday'", Finding(Wrong.ALTERED, 3, NAMES["a"])),
    "an impossible one": ("at = '2024-99-99 00:00:00'", Finding(Wrong.UNREADABLE, 2, NAMES["a"])),
}
if connection.vendor != "sqlite":
    UNREADABLE = {"facts of another shape": ("facts = '[7]'", Finding(Wrong.ALTERED, 3, NAMES["a"]))}


@pytest.mark.parametrize(("change", "finding"), UNREADABLE.values(), ids=UNREADABLE)
def test_entry_that_cannot_be_read_is_named(owner, monkeypatch, change, finding):
    # Rows before the unreadable one of the same batch are lost with it: read one by one.
    monkeypatch.setattr(checking, "CHUNK", 1)
    owner(f"UPDATE audit_entry SET {change} {ONE_ENTRY}3")

    assert findings() == [finding]


@pytest.mark.parametrize("position", [1, 3, 4])
def test_entry_deleted_before_the_end_is_named(owner, position):
    owner(f"DELETE FROM audit_entry {ONE_ENTRY}{position}")

    assert findings() == [Finding(Wrong.MISSING, position, NAMES["a"])]


def test_gap_that_was_closed_is_found(owner):
    owner(
        f"DELETE FROM audit_entry {ONE_ENTRY}2",
        f"UPDATE audit_entry SET position = 2 {ONE_ENTRY}3",
        f"UPDATE audit_entry SET position = 3 {ONE_ENTRY}4",
        f"UPDATE audit_entry SET position = 4 {ONE_ENTRY}5",
    )

    assert findings() == [Finding(Wrong.ALTERED, 2, NAMES["a"])]


@pytest.mark.parametrize(("first", "second"), [(2, 3), (1, 5), (2, 4)])
def test_swapped_entries_are_named(owner, first, second):
    owner(
        f"UPDATE audit_entry SET position = 99 {ONE_ENTRY}{first}",
        f"UPDATE audit_entry SET position = {first} {ONE_ENTRY}{second}",
        f"UPDATE audit_entry SET position = {second} {ONE_ENTRY}99",
    )

    assert findings() == [Finding(Wrong.MOVED, first, NAMES["a"], other=second)]


def test_entry_moved_to_the_end_is_named(owner):
    owner(f"UPDATE audit_entry SET position = 9 {ONE_ENTRY}2")

    assert findings() == [Finding(Wrong.MOVED, 2, NAMES["a"], other=9)]


def make_room(owner, position):
    for place in range(5, position - 1, -1):
        owner(f"UPDATE audit_entry SET position = {place + 1} {ONE_ENTRY}{place}")


def insert(position, before):
    forged = Entry(subject=NAMES["a"], position=position, verb="test.record.forged", at=AT, facts={})
    forged.digest = digest(forged, before=before)
    forged.save()


@pytest.mark.parametrize("fits", [True, False])
def test_inserted_entry_is_named(owner, fits):
    """Whether or not it was computed to continue the chain before it."""
    make_room(owner, 3)
    insert(3, Entry.objects.get(subject=NAMES["a"], position=2).digest if fits else "")

    assert findings() == [Finding(Wrong.INSERTED, 3, NAMES["a"])]


def test_entry_taken_from_another_subject_is_named(owner):
    owner(f"UPDATE audit_entry SET subject = '{NAMES['a']}', position = 6 WHERE subject = '{NAMES['c']}'")

    assert findings() == [Finding(Wrong.ALTERED, 6, NAMES["a"])]


@pytest.mark.parametrize("left", [4, 1])
def test_tail_that_was_cut_is_named_by_a_seal(owner, at, left, tmp_path):
    seal(at=at)
    owner(f"DELETE FROM audit_entry WHERE subject = '{NAMES['a']}' AND position > {left}")

    assert findings() == [Finding(Wrong.CUT, left + 1, NAMES["a"], other=5, where="1")]
    # A later seal does not forgive it, and tells it in its file too.
    seal(at=at + dt.timedelta(days=1))
    assert findings(kept(tmp_path, 2)) == [Finding(Wrong.CUT, left + 1, NAMES["a"], other=5, where="1")]


@pytest.mark.parametrize("name", NAMES)
def test_subject_removed_whole_is_named_by_a_seal(owner, at, name):
    seal(at=at)
    length = Entry.objects.about(NAMES[name]).count()
    owner(f"DELETE FROM audit_entry WHERE subject = '{NAMES[name]}'")

    assert findings() == [Finding(Wrong.GONE, 1, NAMES[name], other=length, where="1")]


def test_chain_rewritten_with_all_digests_is_named_by_a_seal(owner, at):
    seal(at=at)
    owner(f"UPDATE audit_entry SET verb = 'test.record.forged' {ONE_ENTRY}3")
    rewrite("a")

    assert findings() == [Finding(Wrong.REWRITTEN, 1, NAMES["a"], other=5, where="1")]


def test_more_seals_narrow_the_place_of_a_rewriting(owner, at):
    seal(at=at)
    write(A, 6)
    seal(at=at + dt.timedelta(days=1))
    owner(f"UPDATE audit_entry SET verb = 'test.record.forged' {ONE_ENTRY}6")
    rewrite("a")

    assert findings() == [Finding(Wrong.REWRITTEN, 6, NAMES["a"], other=6, where="2")]


def test_insertion_with_all_digests_computed_anew_is_named_by_a_seal(owner, at):
    seal(at=at)
    make_room(owner, 3)
    insert(3, "")
    rewrite("a")

    assert findings() == [Finding(Wrong.REWRITTEN, 1, NAMES["a"], other=5, where="1")]


def forge_seals(owner):
    """Seal the bent trail anew under the old number and moment, as if nothing had been."""
    moment = Seal.objects.get().at
    owner("DELETE FROM audit_seal", "DELETE FROM audit_sealedhead")
    seal(at=moment)


FORGERIES = {
    "rewritten": (
        (f"UPDATE audit_entry SET verb = 'test.record.forged' {ONE_ENTRY}3",),
        Finding(Wrong.REWRITTEN, 1, NAMES["a"], other=5, where="1"),
    ),
    "cut": (
        (f"DELETE FROM audit_entry {ONE_ENTRY}5",),
        Finding(Wrong.CUT, 5, NAMES["a"], other=5, where="1"),
    ),
    "gone": (
        (f"DELETE FROM audit_entry WHERE subject = '{NAMES['b']}'",),
        Finding(Wrong.GONE, 1, NAMES["b"], other=3, where="1"),
    ),
}


@pytest.mark.parametrize(("statements", "finding"), FORGERIES.values(), ids=FORGERIES)
def test_forgery_of_entries_and_seals_is_found_only_from_outside(owner, at, tmp_path, statements, finding):
    seal(at=at)
    path = kept(tmp_path)

    owner(*statements)
    rewrite("a")
    forge_seals(owner)

    assert findings() == []
    assert findings(path) == [Finding(Wrong.SEAL_DIFFERS, 1, where=path.name), finding]


SEAL_EDITS = {
    "moment": ("UPDATE audit_seal SET at = '2020-01-01 00:00:00+00:00' WHERE number = 2", Wrong.SEAL_ALTERED),
    "count": ("UPDATE audit_seal SET entries = 1 WHERE number = 2", Wrong.SEAL_ALTERED),
    "heads": (f"UPDATE audit_seal SET heads = '{'0' * 64}' WHERE number = 2", Wrong.SEAL_ALTERED),
    "before": (f"UPDATE audit_seal SET before = '{'0' * 64}' WHERE number = 2", Wrong.SEAL_ALTERED),
    "digest": (f"UPDATE audit_seal SET digest = '{'0' * 64}' WHERE number = 2", Wrong.SEAL_ALTERED),
    "removed": ("DELETE FROM audit_seal WHERE number = 2", Wrong.SEAL_MISSING),
    "a head": (f"UPDATE audit_sealedhead SET digest = '{'0' * 64}' WHERE number = 2", Wrong.SEAL_HEADS),
    "a head removed": ("DELETE FROM audit_sealedhead WHERE number = 2", Wrong.SEAL_HEADS),
    "a head added": (
        f"INSERT INTO audit_sealedhead (number, subject, position, digest) VALUES (2, 'x.y:1', 1, '{'0' * 64}')",
        Wrong.SEAL_HEADS,
    ),
}


@pytest.mark.parametrize(("statement", "wrong"), SEAL_EDITS.values(), ids=SEAL_EDITS)
def test_stored_seal_that_was_altered_is_named(owner, at, statement, wrong):
    for days in range(3):
        write(B, 4 + days)
        seal(at=at + dt.timedelta(days=days))
    owner(statement)

    first = findings()[0]

    assert (first.wrong, first.position) == (wrong, 2)


def test_newest_seals_that_were_cut_are_named_by_a_file(owner, at, tmp_path):
    for days in range(2):
        seal(at=at + dt.timedelta(days=days))
    path = kept(tmp_path, 2)
    owner("DELETE FROM audit_seal WHERE number = 2")

    assert findings() == []
    assert findings(path) == [Finding(Wrong.SEAL_MISSING, 2)]


def test_missing_trigger_is_named(owner):
    assert {finding.where for finding in check().findings} == {
        name for table in protection.TABLES for name in protection.names(connection.vendor, table)
    }


def test_command_puts_missing_triggers_on_again(owner):
    with connection.cursor() as cursor:
        for statement in list(protection.statements(connection.vendor, protection.TABLES))[-1:]:
            cursor.execute(statement)  # one of them is there already

    assert run("protect")[0] == 0

    assert protection.missing(connection) == []


STATEMENTS = [
    "UPDATE audit_entry SET verb = 'x.y.z'",
    "DELETE FROM audit_entry",
    "UPDATE audit_seal SET entries = 0",
    "DELETE FROM audit_seal",
    "UPDATE audit_sealedhead SET position = 1",
    "DELETE FROM audit_sealedhead",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_database_itself_refuses_changes(trail, at, statement):
    seal(at=at)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert check().found == 0


def test_database_refuses_to_replace_or_empty(trail, at):
    statement = (
        "INSERT OR REPLACE INTO audit_entry "
        "SELECT id, subject, position, 'x.y.z', at, actor_id, body_id, facts, digest FROM audit_entry"
        if connection.vendor == "sqlite"
        else "TRUNCATE audit_entry"
    )

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert check().found == 0


def test_trail_is_cleared_in_a_demonstration_only_and_protected_again(trail, at, settings):
    seal(at=at)
    settings.DEMONSTRATION = False
    with pytest.raises(NotDemonstration):
        clear_trail()
    assert check().entries == 9

    settings.DEMONSTRATION = True
    clear_trail()

    report = check()
    assert (report.entries, report.seals, report.found) == (0, 0, 0)


def change(draw, name, value):
    """Another value for a field."""
    if name in {"verb", "subject", "digest"}:
        return draw(st.text("abcdef0123456789.:", min_size=1, max_size=60).filter(lambda text: text != value))
    if name == "at":
        return value + draw(st.timedeltas(dt.timedelta(microseconds=1), dt.timedelta(days=9999)))
    if name == "facts":
        return draw(FACTS.filter(lambda facts: json.dumps(facts, sort_keys=True) != json.dumps(value, sort_keys=True)))
    return draw(st.integers(1, 2**31 - 1).filter(lambda number: number != value))


FACTS = st.dictionaries(
    st.text("abc", min_size=1, max_size=2), st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text("abc"))
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_any_field_of_any_entry_is_found(owner, data):
    entries = Entry.objects.order_by("pk")
    entry = entries[data.draw(st.integers(0, entries.count() - 1))]
    fields = ("subject", "position", "verb", "at", "actor_id", "body_id", "facts", "digest")
    name = data.draw(st.sampled_from(fields))
    value = change(data.draw, name, getattr(entry, name))
    with transaction.atomic():
        if name == "position" and entries.filter(subject=entry.subject, position=value).exists():
            value += 100  # the database holds no two entries at one position
        column = Entry._meta.get_field(name)
        prepared = column.get_db_prep_save(value, connection)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE audit_entry SET {name} = %s WHERE id = %s", [prepared, entry.pk])

        found = [finding.wrong for finding in check().findings if finding.wrong != Wrong.UNPROTECTED]

        transaction.set_rollback(True)
    assert found
