"""Showing a partnership or a commitment to everyone needs a second person."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pobratym.accounts.models import SecondPerson
from pobratym.accounts.operations import AlreadyAsked, AnotherPersonNeeded, NotARaise, confirm_second
from pobratym.audit.models import Entry
from pobratym.organisations.models import Body
from pobratym.partnerships import operations
from pobratym.partnerships.models import Commitment, Partnership
from tests.partnerships.cast import AT, TODAY, agreed, member, memorandum
from tests.partnerships.test_commitments import measure, promise
from tests.partnerships.test_operations import refused

LATER = AT + dt.timedelta(hours=1)


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Partnership:
    return agreed(kalush, zaporizhzhia)


def visibilities(partnership: Partnership) -> dict[str, list[str]]:
    """Who sees the partnership and what belongs to it."""
    commitments = partnership.commitments.order_by("pk")
    return {
        "partnership": [Partnership.objects.get(pk=partnership.pk).visibility],
        "papers": [paper.visibility for paper in partnership.papers.all()],
        "decisions": [decision.visibility for decision in partnership.decisions.all()],
        "commitments": [commitment.visibility for commitment in commitments],
        "notes": [note.visibility for commitment in commitments for note in commitment.notes.all()],
        "values": [value.visibility for commitment in commitments for value in commitment.values.all()],
    }


def filled(partnership: Partnership, body: Body) -> Commitment:
    """A promise with a note and a value, a restricted promise, a paper and a decision."""
    commitment = promise(partnership)
    operations.note_progress(commitment=commitment, noted_on=TODAY, text_uk="лічильники стоять", by=None, at=AT)
    measure(commitment)
    hidden = promise(partnership, visibility="restricted")
    measure(hidden)
    memorandum(partnership)
    operations.add_decision(
        partnership=partnership, body=body, number="7", decided_on=TODAY, title_uk="Про партнерство", by=None, at=AT
    )
    return commitment


def test_second_person_shows_the_partnership_with_what_belongs_to_it(
    partnership: Partnership, kalush: Body, zaporizhzhia: Body
) -> None:
    filled(partnership, kalush)
    wish = operations.ask_to_show(record=partnership, by=member("coordinator", kalush), at=AT)
    assert all("public" not in seen for seen in visibilities(partnership).values())

    confirm_second(second=wish, by=member("signatory", zaporizhzhia), at=LATER)

    assert visibilities(partnership) == {
        "partnership": ["public"],
        "papers": ["public"],
        "decisions": ["public"],
        "commitments": ["public", "restricted"],
        "notes": ["public"],
        "values": ["public", "team"],
    }
    entry = Entry.objects.get(verb="partnerships.partnership.raised")
    assert (entry.facts["before"], entry.facts["after"]) == ("team", "public")


def test_second_person_shows_a_commitment_alone(partnership: Partnership, kalush: Body) -> None:
    commitment = filled(partnership, kalush)
    wish = operations.ask_to_show(record=commitment, by=member("coordinator", kalush), at=AT)
    assert wish.title == commitment.text_uk

    confirm_second(second=wish, by=member("moderator"), at=LATER)

    assert visibilities(partnership) == {
        "partnership": ["team"],
        "papers": ["team"],
        "decisions": ["team"],
        "commitments": ["public", "restricted"],
        "notes": ["public"],
        "values": ["public", "team"],
    }
    assert Entry.objects.filter(verb="partnerships.commitment.raised").count() == 1


def test_who_asked_does_not_confirm(partnership: Partnership, kalush: Body, zaporizhzhia: Body) -> None:
    asker = member("coordinator", kalush)
    wish = operations.ask_to_show(record=partnership, by=asker, at=AT)

    for person in (asker, member("reader", zaporizhzhia)):
        with refused(AnotherPersonNeeded):
            confirm_second(second=wish, by=person, at=LATER)

    assert SecondPerson.objects.get().answered_at is None


def test_nobody_is_asked_twice_or_in_vain(partnership: Partnership, kalush: Body) -> None:
    asker = member("coordinator", kalush)
    operations.ask_to_show(record=partnership, by=asker, at=AT)
    with refused(AlreadyAsked):
        operations.ask_to_show(record=partnership, by=asker, at=LATER)

    shown = promise(partnership, visibility="public")
    with refused(NotARaise):
        operations.ask_to_show(record=shown, by=asker, at=LATER)


@pytest.mark.parametrize(
    ("role", "of", "status"),
    [("coordinator", "kalush", 302), ("reader", "kalush", 403), ("coordinator", "chernivtsi", 404)],
)
def test_coordinator_of_a_party_asks_by_the_page(
    partnership: Partnership, chernivtsi: Body, client: Client, request: Any, role: str, of: str, status: int
) -> None:
    client.force_login(member(role, request.getfixturevalue(of)))

    answer = client.post(reverse("partnerships:show", args=[partnership.pk]))

    assert answer.status_code == status
    assert SecondPerson.objects.count() == (1 if status == 302 else 0)


def test_asking_twice_by_the_page_says_so(partnership: Partnership, kalush: Body, client: Client) -> None:
    commitment = promise(partnership)
    client.force_login(member("coordinator", kalush))
    address = reverse("partnerships:show", args=[partnership.pk])
    page = reverse("partnerships:direction", args=[partnership.pk, "energy"])
    assert re.search(rf'name="commitment"\s+value="{commitment.pk}"', client.get(page).content.decode())

    answer = client.post(address, {"commitment": commitment.pk})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert 'name="commitment"' not in client.get(page).content.decode()
    assert client.post(address, {"commitment": commitment.pk}).status_code == 409
    assert SecondPerson.objects.get().subject == f"partnerships.commitment:{commitment.pk}"


@pytest.mark.parametrize("number", ["0", "x", "٣", "9" * 30])
def test_unknown_commitment_is_not_found(partnership: Partnership, kalush: Body, client: Client, number: str) -> None:
    client.force_login(member("coordinator", kalush))

    answer = client.post(reverse("partnerships:show", args=[partnership.pk]), {"commitment": number})

    assert answer.status_code == 404


def test_commitment_of_another_partnership_is_not_found(
    partnership: Partnership, kalush: Body, chernivtsi: Body, client: Client
) -> None:
    other = promise(agreed(kalush, chernivtsi))
    client.force_login(member("coordinator", kalush))

    answer = client.post(reverse("partnerships:show", args=[partnership.pk]), {"commitment": other.pk})

    assert answer.status_code == 404
    assert not SecondPerson.objects.exists()
