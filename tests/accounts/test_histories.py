"""Random histories of roles: nobody has a right before its beginning, after its end, or that was not given.

A model of a few lines, which knows nothing of the product's queries, follows the same history; at every boundary, an
instant before and after it, both must say the same. At the end the permissions of upper contexts are compared too.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pobratym.accounts import operations, queries
from pobratym.accounts.models import Absence, Membership, MembershipQuerySet, User
from pobratym.newsroom.models import Publication
from pobratym.partnerships.models import Partnership, Party
from pobratym.vocabulary.refusals import Refusal

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
INSTANT = dt.timedelta(microseconds=1)
PEOPLE, BODIES = 4, 2
ROLES = ("coordinator", "signatory", "editor", "reader")
LENT = {"coordinator", "editor"}
# Histories run from six hours ago into the future; the present lies in the middle of an hour, on no boundary.
AGO = 6 * HOUR + HOUR / 2


@dataclass
class Model:
    """Who holds what: rows of person, role, body, beginning, end; and rows of absences."""

    held: list[list] = field(default_factory=list)
    away: list[list] = field(default_factory=list)
    inactive: set[int] = field(default_factory=set)

    def own(self, who: int, at: dt.datetime) -> set[tuple[str, int]]:
        return {(role, body) for person, role, body, begin, end in self.held if person == who and begin <= at < end}

    def rights(self, who: int, at: dt.datetime) -> set[tuple[str, int]]:
        if who in self.inactive:
            return set()
        mine = self.own(who, at)
        belongs = {body for _role, body in mine}
        lent: set[tuple[str, int]] = set()
        for absent, substitute, body, begin, end in self.away:
            if substitute == who and body in belongs and begin <= at < end and absent not in self.inactive:
                lent |= {(role, place) for role, place in self.own(absent, at) if place == body and role in LENT}
        return mine | lent

    def end(self, row: list, at: dt.datetime) -> None:
        row[4] = at
        if row[3] >= at:
            self.held.remove(row)

    def boundaries(self) -> set[dt.datetime]:
        return {moment for row in self.held + self.away for moment in row[-2:] if moment < FOREVER}


FOREVER = dt.datetime.max.replace(tzinfo=dt.UTC)
number = st.integers(min_value=0, max_value=7)
ACTIONS = ("give", "end", "hand over", "substitute", "end absence", "deactivate", "activate", "erase")
step = st.tuples(st.sampled_from(ACTIONS), number, number, number, number, st.integers(min_value=0, max_value=2))


class World:
    """The product's side of a history beside the model's."""

    def __init__(self, people: list[User], bodies: list, moderators: list[User], begin: dt.datetime) -> None:
        self.people, self.bodies, self.moderators, self.now = people, bodies, moderators, begin
        self.model = Model()
        self.taken: set[str] = set()

    def do(self, action: str, a: int, b: int, c: int, d: int) -> None:
        """Take one step; what the product refuses changes nothing on either side."""
        doing: dict[str, Callable[..., None]] = {
            "give": self.give,
            "end": self.end,
            "hand over": self.hand_over,
            "substitute": self.substitute,
            "end absence": self.end_absence,
            "deactivate": self.switch,
            "activate": self.switch,
            "erase": self.erase,
        }
        with suppress(Refusal), transaction.atomic():
            doing[action](*((action == "activate",) if action in {"activate", "deactivate"} else ()), a, b, c, d)
            self.taken.add(action)

    def give(self, a: int, b: int, c: int, d: int) -> None:
        who, role, body = a % PEOPLE, ROLES[b % 4], c % BODIES
        begin = self.now + (d % 3) * HOUR
        end = begin + d * HOUR if d % 2 else None
        operations.give_role(
            person=self.people[who], role=role, body=self.bodies[body], holds_from=begin, holds_to=end,
            by=None, at=self.now,
        )  # fmt: skip
        self.model.held.append([who, role, body, begin, end or FOREVER])

    def _row(self, index: int) -> tuple[Membership, list]:
        """A membership that is not over, and the model's row of it."""
        rows = [row for row in self.model.held if row[4] > self.now]
        if not rows:
            raise Refusal("nothing to end")
        row = rows[index % len(rows)]
        found = Membership.objects.get(
            person=self.people[row[0]], role=row[1], body=self.bodies[row[2]], holds_from=row[3]
        )
        return found, row

    def end(self, a: int, b: int, _c: int, _d: int) -> None:
        membership, row = self._row(a)
        by = self.moderators[0] if b % 2 else self.people[row[0]]
        before = self.coordinators(row[2])
        operations.end_membership(membership=membership, by=by, at=self.now)
        self.model.end(row, self.now)
        assert not before or self.coordinators(row[2]), "the last coordinator was lost"

    def coordinators(self, body: int) -> set[int]:
        everyone = set(range(PEOPLE)) - self.model.inactive
        return {who for who in everyone if ("coordinator", body) in self.model.own(who, self.now)}

    def hand_over(self, a: int, b: int, _c: int, _d: int) -> None:
        membership, row = self._row(a)
        successor = b % PEOPLE
        operations.hand_over(
            membership=membership, successor=self.people[successor], by=self.moderators[0], at=self.now
        )
        self.model.end(row, self.now)
        self.model.held = [
            other
            for other in self.model.held
            if other[:3] != [successor, row[1], row[2]] or other[4] <= self.now or other[3] < self.now
        ]
        running = [r for r in self.model.held if r[:3] == [successor, row[1], row[2]] and r[4] > self.now]
        if running:
            running[0][4] = FOREVER
        else:
            self.model.held.append([successor, row[1], row[2], self.now, FOREVER])
        assert (row[1], row[2]) in self.model.own(successor, self.now)

    def substitute(self, a: int, b: int, c: int, d: int) -> None:
        who, other, body = a % PEOPLE, b % PEOPLE, c % BODIES
        begin = self.now + (d % 3) * HOUR
        end = begin + (1 + d) * HOUR
        operations.name_substitute(
            body=self.bodies[body], substitute=self.people[other], holds_from=begin, holds_to=end,
            by=self.people[who], at=self.now,
        )  # fmt: skip
        self.model.away.append([who, other, body, begin, end])

    def end_absence(self, a: int, _b: int, _c: int, _d: int) -> None:
        rows = [row for row in self.model.away if row[4] > self.now]
        if not rows:
            raise Refusal("nothing to end")
        row = rows[a % len(rows)]
        absence = Absence.objects.get(person=self.people[row[0]], body=self.bodies[row[2]], holds_from=row[3])
        operations.end_absence(absence=absence, by=absence.person, at=self.now)
        row[4] = self.now
        if row[3] >= self.now:
            self.model.away.remove(row)

    def switch(self, active: bool, a: int, *_rest: int) -> None:  # noqa: FBT001  # the two actions share it
        who = a % PEOPLE
        operation = operations.open_account if active else operations.lock_account
        operation(person=self.people[who], by=self.moderators[0], at=self.now)
        (self.model.inactive.discard if active else self.model.inactive.add)(who)

    def erase(self, a: int, *_rest: int) -> None:
        who = a % PEOPLE
        wish = operations.ask_erasure_in_writing(
            person=self.people[who], letter_number="1", letter_on=self.now.date(), by=self.moderators[0], at=self.now
        )
        operations.confirm_erasure(erasure=wish, by=self.moderators[1], at=self.now)
        for row in [row for row in self.model.held if row[0] == who and row[4] > self.now]:
            self.model.end(row, self.now)
        self.model.away = [row for row in self.model.away if who not in row[:2] or row[3] < self.now]
        for row in self.model.away:
            if who in row[:2] and row[4] > self.now:
                row[4] = self.now
        self.model.inactive.add(who)

    def compare(self, moment: dt.datetime) -> None:
        """Both sides tell the same of everyone at the moment."""
        for who, person in enumerate(self.people):
            again = User.objects.get(pk=person.pk)
            said = {(role, body) for role, body in queries.circle_at(again, moment).roles}
            wanted = {(role, self.bodies[body].pk) for role, body in self.model.rights(who, moment)}
            assert said == wanted, (who, moment)

    def compare_permissions(self, moment: dt.datetime, partnership: Partnership, item: Publication) -> None:
        """Upper contexts let in whom the model lets in: they ask at present."""
        for who, person in enumerate(self.people):
            again = User.objects.get(pk=person.pk)
            roles = {role for role, _body in self.model.rights(who, moment)}
            own = set() if who in self.model.inactive else self.model.own(who, moment)
            wrote = item.written_by_id == person.pk
            assert {
                "partnerships.edit": again.has_perm("partnerships.edit", partnership),
                "partnerships.sign": again.has_perm("partnerships.sign", partnership),
                "newsroom.edit": again.has_perm("newsroom.edit", item),
                "accounts.invite": again.has_perm("accounts.invite", self.bodies[0]),
            } == {
                "partnerships.edit": "coordinator" in roles,
                # Signing is never borrowed.
                "partnerships.sign": any(role == "signatory" for role, _body in own),
                "newsroom.edit": "editor" in roles or (wrote and "coordinator" in roles),
                "accounts.invite": ("coordinator", 0) in own,
            }, (who, moment)


def run(history: list[tuple[str, int, int, int, int, int]], bodies: list, make) -> set[str]:
    """Take a history on both sides and compare them all along; which steps the product took."""
    present = timezone.now()
    begin = present - AGO
    people = [make(begin=begin) for _person in range(PEOPLE)]
    moderators = [make("moderator", begin=begin - HOUR) for _moderator in range(2)]
    partnership = Partnership.objects.create(subject_uk="x", began_on=begin.date())
    for position, body in enumerate(bodies):
        Party.objects.create(partnership=partnership, body=body, position=position, state="agreed")
    item = Publication.objects.create(
        title="x", dated_on=begin.date(), changed_at=begin, written_by=people[0], partnership=partnership
    )
    world = World(people, bodies, moderators, begin)
    for action, a, b, c, d, wait in history:
        world.now += wait * HOUR
        world.do(action, a, b, c, d)
        world.compare(world.now)
    for moment in sorted(world.model.boundaries()):
        for shifted in (moment - INSTANT, moment, moment + INSTANT):
            world.compare(shifted)
    world.compare_permissions(present, partnership, item)
    return world.taken


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(history=st.lists(step, min_size=3, max_size=14))
def test_nobody_keeps_a_right_after_its_end(history, kalush, zaporizhzhia, make):
    with transaction.atomic():
        run(history, [kalush, zaporizhzhia], make)
        transaction.set_rollback(True)


# A coordinator of Kalush with a colleague who reads; the colleague stands in for an hour and more.
LOAN = [
    ("give", 0, 0, 0, 0, 0),
    ("give", 1, 3, 0, 0, 0),
    ("give", 2, 0, 0, 0, 0),
    ("give", 2, 1, 1, 0, 0),
    ("substitute", 0, 1, 0, 3, 0),
]
# One history for each step, in which the step is taken.
EVERY_STEP = [
    *LOAN,
    ("end absence", 0, 0, 0, 0, 1),
    ("hand over", 0, 1, 0, 0, 1),
    ("end", 1, 0, 0, 0, 1),
    ("deactivate", 2, 0, 0, 0, 1),
    ("activate", 2, 0, 0, 0, 1),
    ("erase", 3, 0, 0, 0, 1),
]


def test_every_step_is_taken_in_some_history(kalush, zaporizhzhia, make):
    assert run(EVERY_STEP, [kalush, zaporizhzhia], make) == set(ACTIONS)


def without_belonging(self, person_id, at):
    absence = Absence.objects.filter(person=OuterRef("person"), body=OuterRef("body"), substitute=person_id).during(at)
    return self.filter(Q(person=person_id) | Q(Exists(absence), role__in=LENT, person__is_active=True)).current(at)


def without_activity(self, person_id, at):
    absence = Absence.objects.filter(person=OuterRef("person"), body=OuterRef("body"), substitute=person_id).during(at)
    return self.filter(Q(person=person_id) | Q(Exists(absence), role__in=LENT)).current(at)


def without_end(self, person_id, at):
    return self.filter(person=person_id, holds_from__lte=at)


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        (without_belonging, [("end", 1, 0, 0, 0, 1)]),
        (without_activity, [("deactivate", 0, 0, 0, 0, 1)]),
        (without_end, [("end", 1, 0, 0, 0, 1)]),
    ],
)
def test_planted_fault_is_found(fault, more, kalush, zaporizhzhia, make, monkeypatch):
    run(LOAN + more, [kalush, zaporizhzhia], make)
    monkeypatch.setattr(MembershipQuerySet, "exercised_by", fault)

    with pytest.raises(AssertionError):
        run(LOAN + more, [kalush, zaporizhzhia], make)
