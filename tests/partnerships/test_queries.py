"""What the pages are told: stages, the next step, documents, what waits for whom, where it is found."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from pobratym.agreements import operations as papers
from pobratym.organisations.models import Body
from pobratym.partnerships import operations, queries
from pobratym.partnerships.choices import Reply, Stage
from pobratym.partnerships.models import Partnership
from pobratym.territory.operations import record_status
from tests.partnerships.cast import (
    AT,
    TODAY,
    agree,
    agreed,
    letter,
    member,
    memorandum,
    party_of,
    proposed,
    sign,
)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with override("en"):
        yield


def seen(partnership: Partnership, user: Any) -> Partnership:
    return queries.visible_to(user).get(pk=partnership.pk)


def step(partnership: Partnership, user: Any) -> tuple[str, str, str]:
    found = queries.next_step(seen(partnership, user), user, TODAY)
    return found.title, found.action, found.url


def test_next_step_leads_from_the_proposal_to_the_twins(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    ours, theirs = member("coordinator", kalush), member("coordinator", zaporizhzhia)
    party_page = reverse("partnerships:party", kwargs={"pk": party_of(partnership, zaporizhzhia).pk})
    assert step(partnership, ours) == ("Next: the proposal goes to Zaporizhzhia", "Send the proposal", party_page)
    assert step(partnership, theirs) == ("Next: your answer", "Answer the proposal", party_page)

    operations.send_link(party=party_of(partnership, zaporizhzhia), by=None, at=AT)
    waiting = queries.next_step(seen(partnership, ours), ours, TODAY)
    assert (waiting.title, waiting.by) == ("Next: the answer of Zaporizhzhia", dt.date(2024, 3, 5))

    letter(partnership, zaporizhzhia)
    assert step(partnership, ours)[:2] == ("Next: the text of the memorandum", "Draft the memorandum")

    paper = operations.draft_memorandum(partnership=partnership, by=None, at=AT)
    agree(paper, kalush)
    assert step(partnership, ours)[:2] == ("Next: the text is agreed", "")
    assert step(partnership, theirs)[:2] == ("Next: the text is agreed", "Read and agree")

    agree(paper, zaporizhzhia)
    assert step(partnership, ours)[:2] == ("Next: signatures", "")
    signatory = member("signatory", kalush)
    assert step(partnership, signatory) == (
        "Next: signatures",
        "Sign the paper",
        reverse("portal:sign", kwargs={"pk": partnership.pk}),
    )
    for body in (kalush, zaporizhzhia):
        sign(partnership, paper, body)
    assert step(partnership, ours)[:2] == ("Next: the plan of joint action for a year", "Record the plan")

    operations.reach_stage(
        partnership=partnership, stage=Stage.PARTNERSHIP, reached_on=TODAY, document_uk="план", by=None, at=AT
    )
    assert step(partnership, ours)[:2] == ("Next: the councils decide on twin cities", "Add a decision")
    decisions = [decided(partnership, body) for body in (kalush, zaporizhzhia)]
    assert step(partnership, ours)[1] == "Record the stage"
    operations.reach_stage(
        partnership=partnership, stage=Stage.TWINS, reached_on=TODAY, decisions=decisions, by=None, at=AT
    )
    assert step(partnership, ours)[:2] == ("Next: results", "Record results")


def decided(partnership: Partnership, body: Body) -> Any:
    return operations.add_decision(
        partnership=partnership,
        body=body,
        number=f"{body.pk}-VIII",
        decided_on=TODAY,
        title_uk="Про побратимство",
        by=None,
        at=AT,
    )


def test_moderator_sees_the_answer_that_waits(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    sent = operations.send_link(party=party_of(partnership, zaporizhzhia), by=None, at=AT)
    operations.answer_by_link(token=sent.token, reply=Reply.ASK, text="Хто?", given_by="секретар", at=AT)
    moderator, ours = member("moderator"), member("coordinator", kalush)

    assert step(partnership, moderator)[1] == "Check the answer"
    assert step(partnership, ours)[:2] == ("Next: a moderator checks the answer of Zaporizhzhia", "")
    assert [waiting.kind for waiting in queries.waiting_for(moderator)] == ["confirm"]

    answer = party_of(partnership, zaporizhzhia).answers.get()
    operations.confirm_answer(answer=answer, by=moderator, at=AT)

    assert step(partnership, ours)[1] == "Reply"
    assert [waiting.kind for waiting in queries.waiting_for(ours)] == ["question"]
    assert [waiting.kind for waiting in queries.waiting_for(member("signatory", zaporizhzhia))] == ["answer"]


def test_desk_shows_texts_to_agree_and_papers_to_sign(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    operations.draft_memorandum(partnership=partnership, by=None, at=AT)
    signatory, stranger = member("signatory", kalush), member("signatory", chernivtsi)
    assert [waiting.kind for waiting in queries.waiting_for(signatory)] == ["agree"]

    paper = partnership.papers.get()
    agree(paper, kalush)
    agree(paper, zaporizhzhia)

    assert [waiting.kind for waiting in queries.waiting_for(signatory)] == ["sign"]
    assert queries.waiting_for(member("coordinator", kalush)) == []
    assert queries.waiting_for(stranger) == []


def test_desk_asks_as_often_for_three_as_for_one(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    person = member("signatory", kalush)
    proposed(zaporizhzhia, kalush)
    memorandum(agreed(kalush, zaporizhzhia, programme="donor"))

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as made:
            found = queries.waiting_for(person)
        return len(found), len(made)

    person.circle  # noqa: B018  # read once per person, whatever the page
    few, once = asked()
    proposed(chernivtsi, kalush)
    proposed(chernivtsi, zaporizhzhia, kalush)
    memorandum(agreed(kalush, chernivtsi, programme="donor"))

    assert (few, asked()) == (2, (5, once))


def test_stages_show_days_documents_and_what_was_left_out(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    operations.reach_stage(
        partnership=partnership,
        stage=Stage.PARTNERSHIP,
        reached_on=TODAY,
        document_uk="план",
        document_en="plan of 2024",
        skipped_reason_uk="план уже є",
        skipped_reason_en="the plan is there",
        by=None,
        at=AT,
    )
    person = member("reader", kalush)

    steps = queries.stages_of(seen(partnership, person), person)

    assert [(one.label, one.state, one.note) for one in steps] == [
        ("Contact", "done", "12.01.2024"),
        ("Intent", "done", "letter № 112 of 25.01.2024"),
        ("Memorandum", "skipped", "the plan is there"),
        ("Partnership", "current", "plan of 2024"),
        ("Twin cities", "ahead", ""),
    ]


def test_papers_are_linked_for_those_who_may_read_them(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia, visibility="public")
    paper = memorandum(partnership)
    for body in (kalush, zaporizhzhia):
        sign(partnership, paper, body)
    decided(partnership, kalush)
    address = reverse("agreements:agreement", kwargs={"pk": paper.pk})

    def shown(user: Any) -> tuple[str, list[str]]:
        found = seen(partnership, user)
        return queries.stages_of(found, user)[2].link, [row.kind for row in queries.documents_of(found, user)]

    assert shown(member("reader", zaporizhzhia)) == (address, ["memorandum", "decision", "document", "document"])
    assert shown(member("reader", chernivtsi)) == ("", ["document", "document"])


def test_chronicle_runs_from_the_newest(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    commitment = operations.add_commitment(
        partnership=partnership, direction="jobs", text_uk="навчання", text_en="training", by=None, at=AT
    )
    operations.mark_done(commitment=commitment, done_on=TODAY, version=1, by=None, at=AT)
    person = member("reader", kalush)

    told = [(one.on, one.title) for one in queries.chronicle_of(seen(partnership, person), person, coarse=False)]

    assert told == [
        (TODAY, "training"),
        (dt.date(2024, 1, 25), "Intent"),
        (dt.date(2024, 1, 12), "Contact"),
    ]


def test_contacts_of_a_community_at_risk_are_for_its_partners_alone(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, visibility="public")
    person = member("coordinator", kalush)
    assert zaporizhzhia.unit is not None
    record_status(
        unit=zaporizhzhia.unit,
        status="active",
        valid_from=dt.date(2024, 1, 1),
        valid_to=None,
        source="наказ № 376",
        by=None,
        at=AT,
    )

    ours, theirs = queries.parties_of(seen(partnership, person), person, TODAY)
    kalush_shown, theirs_shown = queries.parties_of(partnership, AnonymousUser(), TODAY)

    assert (ours.email, ours.is_hidden) == ("rada@kalush.example.org", False)
    assert (theirs.email, theirs.is_hidden) == ("rada@zaporizhzhia.example.org", False)
    assert (kalush_shown.email, kalush_shown.is_hidden) == ("", False)
    assert (theirs_shown.email, theirs_shown.is_hidden, theirs_shown.note) == ("", True, "")


def test_strangers_see_neither_contacts_nor_links(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, visibility="public")
    letter(partnership, zaporizhzhia)
    person = member("coordinator", chernivtsi)

    rows = queries.parties_of(seen(partnership, person), person, TODAY)

    assert [(row.email, row.url, row.note) for row in rows] == [
        ("", "", ""),
        ("", "", "outside the platform, by letter № 112 of 25.01.2024"),
    ]


def test_partnerships_are_found_by_place_stage_direction_and_words(
    kalush: Body, zaporizhzhia: Body, chernivtsi: Body
) -> None:
    first = agreed(kalush, zaporizhzhia, visibility="public")
    second = proposed(kalush, chernivtsi, visibility="public")
    operations.add_commitment(
        partnership=second, direction="jobs", text_uk="навчання", visibility="public", by=None, at=AT
    )
    person = member("reader", kalush)
    units = [body.unit for body in (kalush, zaporizhzhia, chernivtsi)]
    assert all(units)

    def found(**chosen: Any) -> list[int]:
        return sorted(queries.filtered(person, **chosen).values_list("pk", flat=True))

    assert found(stage="intent") == [first.pk]
    assert found(oblast=zaporizhzhia.unit.oblast_id) == [first.pk]  # type: ignore[union-attr]
    assert found(direction="jobs") == [second.pk]
    assert found(words="чернівці") == [second.pk]
    assert found(words="КАЛУСЬКА запор") == [first.pk]
    assert found(words="немає") == []
    assert found() == [first.pk, second.pk]
    for code, expected in [
        (kalush.unit_id, {first.pk, second.pk}),
        (zaporizhzhia.unit.oblast_id, {first.pk}),  # type: ignore[union-attr]
        (chernivtsi.unit_id, {second.pk}),
    ]:
        assert {one.pk for one in queries.partnerships_of([code], person)} == expected
    assert {one.pk for one in queries.partnerships_of_bodies([chernivtsi.pk], person)} == {second.pk}


def test_who_refused_is_no_longer_found_at_its_place(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, chernivtsi, visibility="public")
    letter(partnership, chernivtsi, Reply.REFUSE)
    person = member("reader", kalush)

    assert list(queries.partnerships_of([chernivtsi.unit_id], person)) == []
    assert seen(partnership, person).names == ["Kalush", "Zaporizhzhia"]


def test_suspended_and_ended_tell_why(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    person = member("coordinator", kalush)
    operations.suspend(
        partnership=partnership, suspended_from=TODAY, reason_uk="перерва", reason_en="a rest", by=None, at=AT
    )
    assert step(partnership, person)[:2] == ("The partnership is suspended", "Resume")
    operations.end(
        partnership=partnership, ended_on=TODAY, reason_uk="рішення ради", reason_en="a decision", by=None, at=AT
    )

    ended = queries.next_step(seen(partnership, person), person, TODAY)

    assert (ended.title, ended.text, ended.action) == ("The partnership has ended", "On 20.02.2024: a decision", "")
    assert [one.state for one in queries.stages_of(seen(partnership, person), person)][:2] == ["done", "done"]
    assert queries.filtered(person).count() == 0
    assert queries.filtered(person, ended=True).count() == 1


def test_paper_of_its_own_kind_is_drafted_by_parties(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    memorandum(partnership)
    paper = partnership.papers.get()
    assert queries.draft_for(party_of(partnership, zaporizhzhia)) == paper
    papers.drop_party(agreement=paper, body=zaporizhzhia, on=TODAY, by=None, at=AT)
    assert queries.draft_for(party_of(partnership, zaporizhzhia)) is None
