"""Telling: each as chosen, in the own language, once per key, never of the own deed."""

import contextlib

import pytest
from django.db import transaction

from pobratym.accounts.choices import Role
from pobratym.accounts.operations import give_role
from pobratym.notices import operations
from pobratym.notices.choices import NoticeState, When
from pobratym.notices.models import Notice
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body
from pobratym.outbox.models import Message
from pobratym.territory.models import CommunityAbroad
from tests.notices.conftest import seeing

pytestmark = pytest.mark.django_db


def test_letter_at_once_says_what_happened_where_it_leads_and_how_to_decline(person, tell):
    tell(person)

    letter = Message.objects.get()
    assert (letter.to, letter.subject) == ("listener@pobratym.example", "Просять вашої згоди: Меморандум")
    assert "Калуш" in letter.text
    assert "http://127.0.0.1:8000/accounts/second-person/" in letter.text
    assert "http://127.0.0.1:8000/notices/\n" in letter.text
    assert "«Те, що зараз»" in letter.text
    assert letter.unsubscribe.startswith("http://127.0.0.1:8000/notices/unsubscribe/")
    assert letter.unsubscribe in letter.text
    assert Notice.objects.get().state == NoticeState.TOLD


def test_letter_comes_in_the_language_that_was_chosen(person, tell, at):
    operations.choose(person=person, chosen={}, language="en", by=person, at=at)

    tell(person)

    letter = Message.objects.get()
    assert letter.subject == "Your agreement is asked: Memorandum"
    assert "http://127.0.0.1:8000/en/accounts/second-person/" in letter.text
    assert letter.unsubscribe.startswith("http://127.0.0.1:8000/en/notices/unsubscribe/")


def test_who_works_for_a_municipality_abroad_is_written_to_in_english(person, tell, at):
    place = CommunityAbroad.objects.create(name_uk="Місто", name_en="Town", name_own="Town", country="PL", source="x")
    body = Body.objects.create(
        kind=BodyKind.ABROAD, name_uk="Місто", name_en="Town", short_name_uk="Місто", short_name_en="Town", abroad=place
    )
    give_role(person=person, role=Role.COORDINATOR, body=body, by=None, at=at)

    tell(person)
    operations.choose(person=person, chosen={}, language="uk", by=person, at=at)
    tell(person, key="2")

    assert [letter.subject[:4] for letter in Message.objects.order_by("pk")] == ["Your", "Прос"]


def test_same_key_tells_once_whatever_was_chosen_in_between(person, tell, at):
    assert len(tell(person)) == 1
    operations.choose(person=person, chosen={"tests.now": When.DAILY}, by=person, at=at)

    assert tell(person) == []
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)


def test_nobody_hears_of_the_own_deed_and_nobody_twice(person, other, tell):
    tell(person, other, other, by=person)

    assert [letter.to for letter in Message.objects.all()] == ["other@pobratym.example"]


def test_who_may_not_see_it_is_inactive_or_declined_hears_nothing(person, other, tell, at):
    tell(person, kind="tests.seen")
    other.is_active = False
    tell(other)
    operations.choose(person=person, chosen={"tests.now": When.OFF}, by=person, at=at)
    tell(person)

    assert not Notice.objects.exists()
    assert not Message.objects.exists()


def test_gathered_kind_waits(person, tell):
    seeing.add(person.pk)
    tell(person, kind="tests.daily")
    tell(person, kind="tests.seen", key="2")

    assert set(Notice.objects.values_list("state", flat=True)) == {NoticeState.WAITING}
    assert not Message.objects.exists()


def test_notice_goes_back_with_its_transaction(person, tell):
    with contextlib.suppress(RuntimeError), transaction.atomic():
        tell(person)
        raise RuntimeError

    assert not Notice.objects.exists()
    assert not Message.objects.exists()


def test_name_with_line_breaks_writes_no_lines_of_ours(person, tell):
    tell(person, data={"title": "Меморандум\n\n-- \nhttps://evil.example", "asker": "Калуш\nBcc: y@evil.example"})

    letter = Message.objects.get()
    assert letter.subject == "Просять вашої згоди: Меморандум -- https://evil.example"
    assert "\nBcc:" not in letter.text
    assert "\nhttps://evil" not in letter.text


def test_telling_asks_equally_often_for_the_choices_of_one_and_three(tell, at, django_assert_max_num_queries):
    from pobratym.accounts.operations import make_person  # noqa: PLC0415

    counts = []
    for number in (1, 3):
        people = [
            make_person(email=f"{number}.{place}@pobratym.example", name="x", by=None, at=at) for place in range(number)
        ]
        for listener in people:
            operations.choose(person=listener, chosen={"tests.now": When.OFF}, by=listener, at=at)
        with django_assert_max_num_queries(20) as asked:
            tell(*people, key=f"of {number}")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_was_told_is_forgotten_and_what_waits_is_kept(person, tell, at):
    tell(person)
    tell(person, kind="tests.daily", key="2")

    assert operations.forget_told(before=at, at=at) == 0
    assert operations.forget_told(before=at.replace(year=2025), at=at) == 1
    assert Notice.objects.get().key == "2"
