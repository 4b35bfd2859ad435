"""Explicit choices outlive everything but a new choice about the same kind."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.operations import end_membership, give_role, invite, make_person
from pobratym.audit.queries import history_of
from pobratym.notices import kinds, operations
from pobratym.notices.choices import When
from pobratym.notices.forms import WAS, Preferences
from pobratym.notices.kinds import offered_to
from pobratym.notices.links import Ticket
from pobratym.notices.models import Preference
from pobratym.notices.queries import chosen_by, correspondence_of, when_of

pytestmark = pytest.mark.django_db


def test_only_what_was_chosen_is_written(person, at):
    operations.choose(person=person, chosen={"tests.now": When.OFF}, by=person, at=at)
    operations.choose(person=person, chosen={"tests.daily": ""}, by=person, at=at)

    assert chosen_by(person) == {"tests.now": When.OFF}
    assert [line.sentence for line in history_of(person) if line.verb.startswith("notices")] == [
        "Листи «Те, що зараз»: ніколи."
    ]


def test_default_that_changes_reaches_those_who_did_not_choose(person, other, at):
    operations.choose(person=person, chosen={"tests.now": When.AT_ONCE}, by=person, at=at)
    kinds.register("tests.now", "Те, що зараз", default=When.OFF)

    assert when_of(kinds.kinds["tests.now"], [person, other]) == {person.pk: When.AT_ONCE, other.pk: When.OFF}


@pytest.mark.parametrize("chosen", [{"tests.none": When.OFF}, {"tests.now": "hourly"}])
def test_what_does_not_exist_is_refused_and_changes_nothing(person, at, chosen):
    with pytest.raises(operations.UnknownKind):
        operations.choose(person=person, chosen={"tests.daily": When.OFF, **chosen}, by=person, at=at)

    assert chosen_by(person) == {}


def test_language_and_day_are_chosen_each_alone(person, at):
    operations.choose(person=person, chosen={}, language="en", by=person, at=at)
    operations.choose(person=person, chosen={}, weekday="4", by=person, at=at)
    operations.choose(person=person, chosen={"tests.now": When.OFF}, by=person, at=at)
    found = correspondence_of(person)
    assert (found.language, found.weekday) == ("en", 4)

    operations.choose(person=person, chosen={}, language="", weekday="", by=person, at=at)
    found = correspondence_of(person)
    assert (found.language, found.weekday) == ("", None)


# What happens to a person here, in any order.
KINDS = st.sampled_from(["tests.now", "tests.daily"])
MORE_KINDS = st.sampled_from(["tests.now", "tests.daily", "tests.seen"])
CHOICES = st.sampled_from(["", *When.values])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("choose"), MORE_KINDS, CHOICES),
        st.tuples(st.just("open a page")),
        st.tuples(st.just("save an open page"), MORE_KINDS, CHOICES),
        st.tuples(st.just("decline"), KINDS),
        st.tuples(st.just("take back"), KINDS),
        st.tuples(st.just("change the default"), KINDS, st.sampled_from(When.values)),
        st.tuples(st.just("add a kind")),
        st.tuples(st.just("remove a kind for a time")),
        st.tuples(st.just("give or end a role")),
        st.tuples(st.just("rename")),
        st.tuples(st.just("invite again")),
    ),
    min_size=1,
    max_size=12,
)


class Life:
    """One person's steps, and beside them what the person has explicitly chosen."""

    def __init__(self, number: int, at: dt.datetime) -> None:
        self.person = make_person(email=f"life{number}@pobratym.example", name="x", by=None, at=at)
        self.at = at
        self.chosen: dict[str, str] = {}
        self.before: dict[str, str] = {}
        self.open_page: dict[str, str] = {}
        self.number = number

    def remember(self, kind: str, when: str) -> None:
        self.chosen.pop(kind, None)
        if when:
            self.chosen[kind] = when

    def step(self, name: str, *arguments: str) -> None:
        getattr(self, name.replace(" ", "_"))(*arguments)

    def choose(self, kind: str, when: str) -> None:
        if kind in kinds.kinds:
            operations.choose(person=self.person, chosen={kind: when}, by=self.person, at=self.at)
            self.remember(kind, when)

    def form(self, data=None) -> Preferences:
        return Preferences(
            data,
            kinds=offered_to(self.person),
            chosen=chosen_by(self.person),
            correspondence=correspondence_of(self.person),
        )

    def open_a_page(self) -> None:
        self.open_page = {name: field.initial or "" for name, field in self.form().fields.items()}

    def save_an_open_page(self, kind: str, when: str) -> None:
        """The page may have been open for long: all it shows is sent, one field changed."""
        if kind not in kinds.kinds or kind not in self.open_page:
            return
        form = self.form({**self.open_page, kind: when})
        assert form.is_valid(), form.errors
        operations.choose(person=self.person, by=self.person, at=self.at, **form.changed())
        if self.open_page[WAS + kind] != when:
            self.remember(kind, when)

    def decline(self, kind: str) -> None:
        before = self.chosen.get(kind, "")
        assert operations.decline(ticket=Ticket(self.person.pk, (kind,)), at=self.at) == (before,)
        self.before[kind] = before
        self.chosen[kind] = When.OFF

    def take_back(self, kind: str) -> None:
        before = self.before.get(kind, "")
        operations.restore(ticket=Ticket(self.person.pk, (kind,), (before,)), at=self.at)
        if self.chosen.get(kind) == When.OFF:
            off_by_default = kind in kinds.kinds and kinds.kinds[kind].default == When.OFF
            self.remember(kind, before or (When.AT_ONCE if off_by_default else ""))

    def change_the_default(self, kind: str, when: str) -> None:
        kinds.register(kind, kind, default=when)

    def add_a_kind(self) -> None:
        kinds.register(f"tests.new{self.number}", "Нове")

    def remove_a_kind_for_a_time(self) -> None:
        kinds.kinds.pop("tests.seen", None)

    def give_or_end_a_role(self) -> None:
        held = self.person.memberships.current(self.at).first()
        if held:
            end_membership(membership=held, by=None, at=self.at)
        else:
            give_role(person=self.person, role=Role.READER, by=None, at=self.at)

    def rename(self) -> None:
        self.person.name += "x"
        self.person.save()

    def invite_again(self) -> None:
        invite(email=self.person.email, role=Role.EDITOR, by=None, at=self.at)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_edit_loses_an_explicit_choice(steps, at):
    present = dict(kinds.kinds)
    life = Life(User.objects.count(), at)
    neighbour = Life(User.objects.count(), at)
    neighbour.choose("tests.daily", When.WEEKLY)

    for name, *arguments in steps:
        life.step(name, *arguments)

        assert chosen_by(life.person) == life.chosen, name

    assert chosen_by(neighbour.person) == {"tests.daily": When.WEEKLY}
    assert not Preference.objects.filter(when="").exists()
    kinds.kinds.clear()
    kinds.kinds.update(present)
