"""Who may do what, as a table: role × permission, and the state of the party that the role is held for."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from pobratym.organisations.models import Body
from pobratym.partnerships import operations, queries
from pobratym.partnerships.choices import Reply
from tests.partnerships.cast import AT, letter, member, party_of, proposed

PERMISSIONS = ("read", "edit", "measure", "sign", "answer", "record_letter", "moderate")
TABLE = {
    # role, of whom:            read  edit  measure sign  answer letter moderate
    ("coordinator", "invited"): (True, True, True, False, True, False, False),
    ("signatory", "invited"): (True, False, False, True, True, False, False),
    ("editor", "invited"): (True, False, False, False, False, False, False),
    ("reader", "invited"): (True, False, False, False, False, False, False),
    ("coordinator", "proposer"): (True, True, True, False, False, True, False),
    ("signatory", "proposer"): (True, False, False, True, False, False, False),
    ("coordinator", "stranger"): (True, False, False, False, False, False, False),
    ("moderator", "platform"): (True, False, False, False, False, False, True),
    ("editor", "platform"): (True, False, False, False, False, False, False),
}


@pytest.mark.parametrize(("role", "whose"), TABLE)
def test_role_gives_what_the_table_says(
    kalush: Body, zaporizhzhia: Body, chernivtsi: Body, role: str, whose: str
) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    commitment = operations.add_commitment(
        partnership=partnership, direction="jobs", text_uk="навчання", by=None, at=AT
    )
    party = party_of(partnership, zaporizhzhia)
    bodies = {"invited": zaporizhzhia, "proposer": kalush, "stranger": chernivtsi, "platform": None}
    person = member(role, bodies[whose])
    subjects = {"measure": commitment, "answer": party, "record_letter": party, "moderate": None}

    given = tuple(person.has_perm(f"partnerships.{name}", subjects.get(name, partnership)) for name in PERMISSIONS)

    assert given == TABLE[role, whose]


@pytest.mark.parametrize(
    ("role", "may"), [("coordinator", True), ("signatory", False), ("editor", False), ("reader", False)]
)
def test_coordinators_propose(kalush: Body, role: str, *, may: bool) -> None:
    assert member(role, kalush).has_perm("partnerships.propose") is may


def test_party_that_left_edits_no_more(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, chernivtsi)
    person = member("coordinator", chernivtsi)
    assert person.has_perm("partnerships.edit", partnership)

    letter(partnership, chernivtsi, Reply.REFUSE)

    assert not person.has_perm("partnerships.edit", queries.visible_to(person).get())


def test_nobody_in_particular_may_nothing(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    visitor: Any = AnonymousUser()
    assert [
        name
        for name, subject in (("propose", None), ("edit", partnership), ("sign", partnership), ("moderate", None))
        if visitor.has_perm(f"partnerships.{name}", subject)
    ] == []
    assert not queries.visible_to(visitor).exists()


def test_visibility_decides_who_finds_it(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    people = {
        "visitor": AnonymousUser(),
        "stranger": member("coordinator", chernivtsi),
        "reader": member("reader", zaporizhzhia),
        "coordinator": member("coordinator", zaporizhzhia),
        "moderator": member("moderator"),
    }
    expected = {
        "public": set(people),
        "partners": {"reader", "coordinator", "moderator"},
        "team": {"reader", "coordinator", "moderator"},
        "restricted": {"coordinator", "moderator"},
    }
    for visibility, found in expected.items():
        type(partnership).objects.filter(pk=partnership.pk).update(visibility=visibility)
        assert {name for name, user in people.items() if queries.visible_to(user).exists()} == found, visibility


def test_answers_are_found_by_those_they_concern(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, visibility="public")
    letter(partnership, zaporizhzhia, text="Хто платить?", reply=Reply.ASK)
    stranger, own = member("coordinator", chernivtsi), member("reader", kalush)

    for find in (queries.parties_for_page, queries.answers_for_page):
        assert not find(AnonymousUser()).exists()
        assert not find(stranger).exists()
        assert find(own).exists()
