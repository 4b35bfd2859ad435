"""Who took records out, and who saw restricted ones."""

import datetime as dt

import pytest

from pobratym.accounts.operations import make_person
from pobratym.audit.models import GUEST, Actor, Entry, Sight
from pobratym.audit.operations import FreeText, forget_seen, note_export, note_seen, record
from pobratym.audit.queries import reference, verify
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Visibility


@pytest.fixture
def person(db, at):
    return make_person(email="kalush@pobratym.example", name="Калуш, координація", by=None, at=at)


@pytest.fixture
def holders(db):
    body = Body.objects.create(
        kind=BodyKind.COUNCIL, name_uk="Рада", short_name_uk="Рада", unit=Unit.objects.get(pk="UA26060170000091466")
    )
    return {
        visibility: OfficeHolder.objects.create(body=body, person_uk=f"Посада, {visibility}", visibility=visibility)
        for visibility in Visibility.values
    }


def test_export_is_an_entry_of_a_chain_of_its_own(person, at):
    before = Entry.objects.about(reference(person)).count()

    note_export(what="paper", by=person, at=at, subject=person, rows=3, form="docx")

    entry = Entry.objects.about(f"audit.export:{reference(person)}").get()
    assert (entry.verb, entry.at, entry.facts) == (
        "audit.export.made",
        at,
        {"what": "paper", "rows": 3, "form": "docx"},
    )
    assert Actor.objects.get(pk=entry.actor_id).user_id == person.pk
    assert Entry.objects.about(reference(person)).count() == before


def test_export_of_no_single_record_is_noted_too(person, at):
    note_export(what="table", by=None, at=at)
    note_export(what="table", by=person, at=at, rows=10)

    assert [entry.position for entry in Entry.objects.about("audit.export:")] == [1, 2]


def test_restricted_records_only_are_noted(person, holders, at):
    noted = note_seen(subjects=holders.values(), by=person, at=at)

    assert noted == 1
    assert Sight.objects.get().subject == reference(holders[Visibility.RESTRICTED])


def test_record_without_a_visibility_counts_as_restricted(person, at):
    assert note_seen(subjects=[person], by=None, at=at) == 1
    assert (Sight.objects.get().subject, Sight.objects.get().actor_id) == (reference(person), GUEST)


def test_looking_again_within_the_hour_makes_no_second_row(person, holders, at):
    seen = [holders[Visibility.RESTRICTED]]
    for minutes in (0, 10, 59, 61):
        note_seen(subjects=seen, by=person, at=at + dt.timedelta(minutes=minutes))

    assert [(s.hour, s.first_at, s.last_at) for s in Sight.objects.order_by("hour")] == [
        (at, at, at + dt.timedelta(minutes=59)),
        (at + dt.timedelta(hours=1), *[at + dt.timedelta(minutes=61)] * 2),
    ]


def test_looking_costs_one_statement_for_any_number_of_records(person, holders, at, django_assert_num_queries):
    note_seen(subjects=[person], by=person, at=at)
    seen = holders[Visibility.RESTRICTED]
    other = OfficeHolder.objects.create(body=seen.body, person_uk="Інша посада", visibility=Visibility.RESTRICTED)

    with django_assert_num_queries(2):
        note_seen(subjects=[seen], by=person, at=at)
    with django_assert_num_queries(2):
        note_seen(subjects=[seen, other, person], by=person, at=at)
    with django_assert_num_queries(0):
        note_seen(subjects=[holders[Visibility.PUBLIC]], by=person, at=at)


def test_old_sights_are_forgotten(person, at):
    note_seen(subjects=[person], by=person, at=at)
    note_seen(subjects=[person], by=person, at=at + dt.timedelta(days=1))

    assert forget_seen(before=at + dt.timedelta(hours=1)) == 1
    assert [sight.first_at for sight in Sight.objects.all()] == [at + dt.timedelta(days=1)]


@pytest.mark.parametrize("text", ["mail@kalush.example", "Рядок\nі ще", "д" * 501])
def test_free_text_never_enters_the_chain(person, at, text):
    before = Entry.objects.count()

    with pytest.raises(FreeText):
        record(verb="accounts.person.made", by=None, subject=person, at=at, reason=text)

    assert Entry.objects.count() == before
    assert verify(person) is None


def test_the_longest_official_name_is_a_fact(person, at):
    assert record(verb="accounts.person.made", by=None, subject=person, at=at, name="Р" * 500).facts
