"""Promised, done, measured."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from pobratym.organisations.models import Body
from pobratym.partnerships import operations
from pobratym.partnerships.models import Commitment
from pobratym.partnerships.queries import scorecard
from pobratym.vocabulary.choices import Direction, EngagementGroup
from pobratym.vocabulary.refusals import ChangedMeanwhile
from tests.partnerships.cast import AT, TODAY, agreed, member
from tests.partnerships.test_operations import TOMORROW, refused


@pytest.fixture
def partnership(kalush: Body, zaporizhzhia: Body) -> Any:
    return agreed(kalush, zaporizhzhia)


def promise(partnership: Any, direction: str = Direction.ENERGY, **rest: Any) -> Commitment:
    facts = {"text_uk": "облік енергії у шести школах", "text_en": "energy accounts of six schools"} | rest
    return operations.add_commitment(partnership=partnership, direction=direction, by=None, at=AT, **facts)


def measure(commitment: Commitment, **rest: Any) -> Any:
    facts = {
        "amount": Decimal("412.5"),
        "unit_uk": "МВт·год",
        "unit_en": "MWh",
        "period_from": dt.date(2023, 1, 1),
        "period_to": dt.date(2024, 1, 1),
    } | rest
    return operations.record_value(commitment=commitment, by=None, at=AT, **facts)


def test_table_has_six_directions_from_the_first_day(partnership: Any, kalush: Body) -> None:
    rows = scorecard(partnership, member("reader", kalush), coarse=False)

    assert [row.direction for row in rows] == ["energy", "sme", "exchange", "engagement", "business", "jobs"]
    assert [(row.total, row.done, row.figure) for row in rows] == [(0, 0, None)] * 6


def test_best_proven_value_is_the_headline(partnership: Any, kalush: Body) -> None:
    commitment = promise(partnership)
    operations.note_progress(commitment=commitment, noted_on=TODAY, text_uk="лічильники стоять", by=None, at=AT)
    measure(commitment, amount=Decimal(999), period_to=TODAY)
    measure(commitment, proof="measured", evidence="акт № 4", margin=Decimal(38), origin="generated")
    operations.mark_done(commitment=commitment, done_on=TODAY, version=1, by=None, at=AT)

    with override("uk"):
        energy = scorecard(partnership, member("reader", kalush), coarse=False)[0]
        assert (energy.figure, energy.unit, energy.proof, energy.origin) == (
            Decimal("412.50"),
            "МВт·год",
            "measured",
            "generated",
        )
        assert (energy.done, energy.total, energy.what, energy.text) == (
            1,
            1,
            "зобов’язання позначено тут виконаним",
            "лічильники стоять",
        )
        assert energy.figure_note == "± 38 · 01.01.2023–31.12.2023"


def test_engagement_counts_groups_that_take_part(partnership: Any, kalush: Body) -> None:
    for_all = promise(
        partnership, Direction.ENGAGEMENT, groups=EngagementGroup.values[:4], for_whom_uk="мешканці без роботи"
    )
    promise(partnership, Direction.ENGAGEMENT, groups=[EngagementGroup.SPECIALISTS], for_whom_uk="ветерани")
    operations.note_progress(commitment=for_all, noted_on=TODAY, text_uk="зустріч", by=None, at=AT)

    with override("en"):
        row = scorecard(partnership, member("reader", kalush), coarse=False)[3]
        assert (row.engaged, row.figure, row.unit) == (4, "4 of 5", "groups")


def test_strangers_see_no_team_figures(partnership: Any, chernivtsi: Body) -> None:
    measure(promise(partnership))
    measure(promise(partnership, Direction.JOBS, visibility="public"))

    seen = {
        row.direction: (row.total, row.figure)
        for row in scorecard(partnership, member("coordinator", chernivtsi), coarse=False)
    }

    assert seen["energy"] == (0, None)
    assert seen["jobs"] == (1, None)


@pytest.mark.parametrize(
    ("direction", "facts", "words"),
    [
        ("sport", {}, "six directions"),
        ("energy", {"text_uk": " "}, "what is promised"),
        ("energy", {"target": Decimal(5)}, "unit"),
        ("engagement", {"for_whom_uk": "ветерани"}, "five groups"),
        ("engagement", {"groups": ["civil"]}, "for whom"),
        ("engagement", {"groups": ["army"], "for_whom_uk": "ветерани"}, "five groups"),
    ],
)
def test_unclear_promise_is_refused(partnership: Any, direction: str, facts: dict[str, Any], words: str) -> None:
    with refused(operations.CommitmentRefused, words):
        promise(partnership, direction, **facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"unit_uk": ""}, "unit"),
        ({"proof": "measured"}, "evidence"),
        ({"margin": Decimal(-1)}, "margin"),
        ({"period_to": dt.date(2023, 1, 1)}, "end after"),
        ({"period_to": TOMORROW + dt.timedelta(days=1)}, "not over"),
    ],
)
def test_unclear_value_is_refused(partnership: Any, facts: dict[str, Any], words: str) -> None:
    commitment = promise(partnership)
    with override("en"), pytest.raises((operations.ValueRefused, operations.DateRefused), match=words):
        measure(commitment, **facts)
    assert commitment.values.count() == 0


def test_change_needs_the_present_version_and_an_open_promise(partnership: Any) -> None:
    commitment = promise(partnership)
    changed = operations.change_commitment(
        commitment=commitment, version=1, text_uk="облік у семи школах", by=None, at=AT
    )
    assert (changed.text_uk, changed.version) == ("облік у семи школах", 2)
    with refused(ChangedMeanwhile):
        operations.change_commitment(commitment=commitment, version=1, text_uk="ні", by=None, at=AT)
    operations.mark_done(commitment=commitment, done_on=TODAY, version=2, by=None, at=AT)
    with refused(operations.CommitmentRefused, "fulfilled"):
        operations.mark_done(commitment=commitment, done_on=TODAY, version=3, by=None, at=AT)


def test_progress_is_not_told_ahead(partnership: Any) -> None:
    commitment = promise(partnership)
    with refused(operations.DateRefused, "future"):
        operations.note_progress(commitment=commitment, noted_on=TOMORROW, text_uk="буде", by=None, at=AT)
    with refused(operations.CommitmentRefused, "what was done"):
        operations.note_progress(commitment=commitment, noted_on=TODAY, text_uk=" ", by=None, at=AT)
