"""The way as data, and a machine that tries every way through it."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pobratym.organisations.models import Body
from pobratym.partnerships import operations
from pobratym.partnerships.choices import PartyState, Reply, Stage
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.stages import FOLLOWS, ORDER, SKIPS, is_skip, may_follow, skipped
from pobratym.vocabulary.refusals import Refusal
from tests.partnerships.cast import AT, body_of, head_of, letter, party_of, proposed


def test_way_leads_forward_only() -> None:
    assert set(FOLLOWS) == set(SKIPS) == set(ORDER) == set(Stage)
    assert [(a, b) for a in Stage for b in Stage if may_follow(a, b) and ORDER.index(b) <= ORDER.index(a)] == []


def test_leaving_out_names_what_is_left_out() -> None:
    assert skipped(Stage.INTENT, Stage.TWINS) == (Stage.MEMORANDUM, Stage.PARTNERSHIP)
    assert is_skip(Stage.INTENT, Stage.TWINS)
    assert not is_skip(Stage.INTENT, Stage.MEMORANDUM)


class Way(RuleBasedStateMachine):
    """Three parties answer, leave, pause and move in any order; what may never be, never is."""

    bodies: list[Body]
    partnership: Partnership

    @initialize()
    def propose(self) -> None:
        # Earlier ways of the same test have ended or not; each begins alone.
        Partnership.objects.all().delete()
        self.bodies = list(Body.objects.order_by("pk"))
        self.partnership = proposed(*self.bodies)
        self.ended: dt.date | None = None

    def attempt(self, operation: object, **arguments: object) -> None:
        before = list(Partnership.objects.values()), list(self.partnership.transitions.values())
        try:
            operation(by=None, at=AT, **arguments)  # type: ignore[operator]
        except Refusal as refusal:
            assert str(refusal)  # noqa: PT017  # a refusal is one of the two right ends here
            assert before == (list(Partnership.objects.values()), list(self.partnership.transitions.values()))

    @rule(number=st.integers(0, 2), reply=st.sampled_from(Reply.values))
    def answer(self, number: int, reply: str) -> None:
        party = party_of(self.partnership, self.bodies[number])
        self.attempt(
            operations.answer_by_letter, party=party, reply=reply, letter_number="1", letter_on=dt.date(2024, 1, 20)
        )

    @rule(number=st.integers(0, 2))
    def leave(self, number: int) -> None:
        self.attempt(operations.leave, party=party_of(self.partnership, self.bodies[number]), on=AT.date())

    @rule(number=st.integers(0, 2))
    def invite(self, number: int) -> None:
        self.attempt(operations.invite_party, partnership=self.partnership, body=self.bodies[number])

    @rule(
        stage=st.sampled_from(Stage.values),
        document=st.sampled_from(["", "протокол № 3"]),
        reason=st.sampled_from(["", "одразу"]),
        days=st.integers(0, 40),
    )
    def reach(self, stage: str, document: str, reason: str, days: int) -> None:
        self.attempt(
            operations.reach_stage,
            partnership=self.partnership,
            stage=stage,
            reached_on=dt.date(2024, 1, 12) + dt.timedelta(days),
            document_uk=document,
            skipped_reason_uk=reason,
        )

    @rule()
    def suspend(self) -> None:
        self.attempt(operations.suspend, partnership=self.partnership, suspended_from=AT.date(), reason_uk="перерва")

    @rule()
    def resume(self) -> None:
        self.attempt(operations.resume, partnership=self.partnership, resumed_on=AT.date())

    @rule()
    def end(self) -> None:
        self.attempt(operations.end, partnership=self.partnership, ended_on=AT.date(), reason_uk="завершено")

    @invariant()
    def ended_stays_ended(self) -> None:
        self.partnership.refresh_from_db()
        if self.ended is not None:
            assert self.partnership.ended_on == self.ended
        self.ended = self.partnership.ended_on

    @invariant()
    def stages_are_backed_and_run_forward(self) -> None:
        transitions = list(self.partnership.transitions.order_by("pk"))
        assert transitions[-1].stage == self.partnership.stage
        assert all(step.document_uk or step.agreement_id or step.decisions.exists() for step in transitions)
        assert [step.reached_on for step in transitions] == sorted(step.reached_on for step in transitions)
        for before, after in pairwise(transitions):
            assert may_follow(Stage(before.stage), Stage(after.stage))
            assert bool(after.skipped_reason_uk) == is_skip(Stage(before.stage), Stage(after.stage))

    @invariant()
    def twins_need_councils(self) -> None:
        # No rule above records a decision or signs a twinning agreement.
        assert self.partnership.stage != Stage.TWINS

    @invariant()
    def fewer_than_two_parties_end_it(self) -> None:
        present = [p for p in self.partnership.parties.all() if p.state not in {PartyState.REFUSED, PartyState.LEFT}]
        assert len(present) >= 2 or self.partnership.ended_on is not None


class TestWay(TestCase):
    """Each run of the machine stands in the test's transaction."""

    @pytest.fixture(autouse=True)
    def _bodies(self, db: None) -> None:  # noqa: ARG002  # asks for the database
        for name in ("Калуш", "Запоріжжя", "Чернівці"):
            head_of(body_of(name))

    def test_no_path_breaks_the_rules(self) -> None:
        run_state_machine_as_test(
            Way,
            settings=settings(
                max_examples=25,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


def test_letter_is_the_document_of_the_intent(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)

    letter(partnership, zaporizhzhia)

    intent = partnership.transitions.get(stage=Stage.INTENT)
    assert (intent.reached_on, intent.document_uk) == (dt.date(2024, 1, 25), "лист № 112 від 25.01.2024")
    assert intent.document_en == "letter № 112 of 25.01.2024"
