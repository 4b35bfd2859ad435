"""Hand-over: one role, one moment, a log; a body never loses its last coordinator unseen."""

import datetime as dt

import pytest

from pobratym.accounts import operations, queries
from pobratym.accounts.handover import kinds, open_for
from pobratym.accounts.models import HandOver, Invitation, Membership, SecondPerson, User
from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations import operations as organisations
from pobratym.organisations.choices import Mandate
from pobratym.outbox.models import Message

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
INSTANT = dt.timedelta(microseconds=1)


@pytest.fixture
def leaver(make, kalush) -> User:
    return make(("coordinator", kalush))


@pytest.fixture
def membership(leaver) -> Membership:
    return leaver.memberships.get()


def coordinators(body, at) -> list[int]:
    return list(queries.members_of(body, at).filter(role="coordinator").values_list("person_id", flat=True))


def test_role_passes_in_one_moment_and_is_logged(leaver, membership, make, kalush, at):
    successor = make(("reader", kalush))
    noon = at + HOUR

    record = operations.hand_over(membership=membership, successor=successor, by=leaver, at=noon)

    assert coordinators(kalush, noon - INSTANT) == [leaver.pk]
    assert coordinators(kalush, noon) == [successor.pk]
    assert (record.person, record.successor, record.role, record.done_at) == (leaver, successor, "coordinator", noon)
    assert history_of(leaver)[0].sentence == "Роль передано: координація. Незавершених справ на столі: 0."
    assert not User.objects.get(pk=leaver.pk).circle.roles


def test_colleague_who_coordinates_already_simply_goes_on(leaver, membership, make, kalush, at):
    colleague = make(("coordinator", kalush))

    operations.hand_over(membership=membership, successor=colleague, by=leaver, at=at + HOUR)

    assert coordinators(kalush, at + HOUR) == [colleague.pk]
    assert colleague.memberships.count() == 1


def test_invited_successor_takes_over_when_accepting_and_nothing_ends_before(leaver, membership, kalush, at):
    record = operations.hand_over(membership=membership, email="new@pobratym.example", by=leaver, at=at + HOUR)
    token = record.invitation.token
    assert (record.done_at, record.successor) == (None, None)
    assert coordinators(kalush, at + 2 * HOUR) == [leaver.pk]

    new = operations.accept_invitation(
        token=token, name="Наступник", password="довгий пароль 9", by=None, at=at + 3 * HOUR
    )

    assert coordinators(kalush, at + 3 * HOUR - INSTANT) == [leaver.pk]
    assert coordinators(kalush, at + 3 * HOUR) == [new.pk]
    record.refresh_from_db()
    assert (record.successor, record.done_at) == (new, at + 3 * HOUR)


def test_taken_back_leaves_the_role_and_closes_the_link(leaver, membership, kalush, at):
    record = operations.hand_over(membership=membership, email="new@pobratym.example", by=leaver, at=at + HOUR)

    operations.withdraw_hand_over(handover=record, by=leaver, at=at + 2 * HOUR)

    with pytest.raises(operations.InvitationGone):
        operations.accept_invitation(token=record.invitation.token, by=None, at=at + 3 * HOUR)
    with pytest.raises(operations.HandOverClosed):
        operations.withdraw_hand_over(handover=record, by=leaver, at=at + 3 * HOUR)
    assert coordinators(kalush, at + 3 * HOUR) == [leaver.pk]


def test_one_hand_over_at_a_time_and_a_dead_one_makes_room(leaver, membership, at):
    first = operations.hand_over(membership=membership, email="a@pobratym.example", by=leaver, at=at + HOUR)

    with pytest.raises(operations.HandOverWaits):
        operations.hand_over(membership=membership, email="b@pobratym.example", by=leaver, at=at + 2 * HOUR)
    later = at + dt.timedelta(days=8)
    second = operations.hand_over(membership=membership, email="b@pobratym.example", by=leaver, at=later)

    first.refresh_from_db()
    assert first.withdrawn_at == later
    assert second.withdrawn_at is None


@pytest.mark.parametrize("whom", ["nobody", "both", "oneself", "stranger", "own address"])
def test_successor_must_be_one_other_person_of_the_body(whom, leaver, membership, make, kalush, zaporizhzhia, at):
    colleague = make(("reader", kalush))
    asked = {
        "nobody": {},
        "both": {"successor": colleague, "email": "a@pobratym.example"},
        "oneself": {"successor": leaver},
        "stranger": {"successor": make(("coordinator", zaporizhzhia))},
        "own address": {"email": leaver.email.upper()},
    }[whom]

    with pytest.raises((operations.SuccessorNeeded, operations.SuccessorUnfit)):
        operations.hand_over(membership=membership, by=leaver, at=at + HOUR, **asked)

    assert not HandOver.objects.exists()
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()
    assert coordinators(kalush, at + HOUR) == [leaver.pk]


def test_last_coordinator_is_not_ended_by_oneself_or_another(leaver, membership, kalush, at):
    with pytest.raises(operations.LastCoordinator):
        operations.end_membership(membership=membership, by=leaver, at=at + HOUR)

    membership.refresh_from_db()
    assert membership.holds_to is None
    assert not Entry.objects.filter(verb__startswith="accounts.membership.ended").exists()


@pytest.mark.parametrize(("reason", "may"), [("abuse", True), ("", False), ("boredom", False)])
def test_moderator_ends_the_last_coordinator_for_a_reason_of_the_list(reason, may, membership, make, kalush, at):
    moderator = make("moderator")
    make("moderator")

    if may:
        operations.end_membership(membership=membership, reason=reason, by=moderator, at=at + HOUR)
    else:
        with pytest.raises(operations.LastCoordinator):
            operations.end_membership(membership=membership, reason=reason, by=moderator, at=at + HOUR)

    assert coordinators(kalush, at + HOUR) == ([] if may else [membership.person_id])
    told = [line.sentence for line in history_of(membership.person)]
    reasoned = "Роль завершено: координація. Причина: обліковим записом зловживали або його захопили."
    assert (reasoned in told) is may


def test_reason_of_the_list_is_no_right_of_a_coordinator(leaver, membership, at):
    with pytest.raises(operations.LastCoordinator):
        operations.end_membership(membership=membership, reason="body_ends", by=leaver, at=at + HOUR)


def test_inactive_colleague_counts_for_nobody(leaver, membership, make, kalush, at):
    colleague = make(("coordinator", kalush))
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    with pytest.raises(operations.LastCoordinator):
        operations.end_membership(membership=membership, by=leaver, at=at + HOUR)


def test_last_moderator_hands_over_first(make, at):
    moderator, editor = make("moderator"), make("editor")
    membership = moderator.memberships.get()

    with pytest.raises(operations.LastModerator):
        operations.end_membership(membership=membership, reason="abuse", by=moderator, at=at + HOUR)
    operations.hand_over(membership=membership, successor=editor, by=moderator, at=at + HOUR)

    assert queries.circle_at(editor, at + HOUR).is_moderator
    assert not queries.circle_at(moderator, at + HOUR).is_moderator


def test_wishes_of_who_leaves_are_taken_back_and_told(leaver, membership, make, kalush, at):
    mayor = organisations.add_office_holder(
        body=kalush,
        person_uk="Голова",
        person_en="Mayor",
        post_uk="міський голова",
        post_en="mayor",
        mandate=Mandate.ELECTED,
        by=None,
        at=at,
    )
    wish = operations.ask_second(subject=mayor, title="Голова Калуша", raise_to="public", by=leaver, at=at)
    successor = make(("reader", kalush))
    shown = [(str(kind.title), [thing.title for thing in things]) for kind, things in open_for(membership, at)]
    assert shown == [("Прохання щодо видимості; їх буде відкликано", ["Голова Калуша"])]

    record = operations.hand_over(membership=membership, successor=successor, by=leaver, at=at + HOUR)

    wish.refresh_from_db()
    assert (wish.agreed, wish.answered_by, wish.answered_at) == (False, None, at + HOUR)
    assert [thing["title"] for thing in record.left_open] == ["Голова Калуша"]
    assert history_of(mayor)[0].sentence.startswith("Прохання про ширшу видимість втратило чинність")
    assert SecondPerson.objects.filter(answered_at=None).count() == 0


def test_wish_outlives_no_right_that_ended_by_itself(make, kalush, at):
    asker, colleague = make(("coordinator", kalush), end=at + HOUR), make(("coordinator", kalush))
    mayor = organisations.add_office_holder(
        body=kalush,
        person_uk="Голова",
        person_en="Mayor",
        post_uk="міський голова",
        post_en="mayor",
        mandate=Mandate.ELECTED,
        by=None,
        at=at,
    )
    wish = operations.ask_second(subject=mayor, title="Голова", raise_to="public", by=asker, at=at)

    with pytest.raises(operations.AskerGone):
        operations.confirm_second(second=wish, by=colleague, at=at + 2 * HOUR)

    mayor.refresh_from_db()
    assert mayor.visibility == "team"
    operations.refuse_second(second=wish, by=colleague, at=at + 2 * HOUR)


def test_upper_contexts_tell_what_is_open():
    assert {"newsroom.publication", "partnerships.partnership", "agreements.agreement"} <= set(kinds)


def test_bodies_short_of_coordinators_are_those_with_people_but_fewer_than_two(make, kalush, zaporizhzhia, at):
    make(("coordinator", kalush))
    make(("coordinator", zaporizhzhia))
    make(("coordinator", zaporizhzhia))
    make(("reader", kalush))

    found = queries.bodies_short_of_coordinators(at)

    assert [(body, body.coordinators) for body in found] == [(kalush, 1)]
