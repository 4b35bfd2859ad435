"""Signing, stages, decisions and conditions: what they change and what they refuse."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.utils.translation import override

from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations.models import Body
from pobratym.partnerships import operations
from pobratym.partnerships.choices import PartyState, Stage
from pobratym.partnerships.models import Partnership
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal
from tests.partnerships.cast import (
    AT,
    TODAY,
    agreed,
    memorandum,
    party_of,
    proposed,
    sign,
)

TOMORROW = TODAY + dt.timedelta(days=1)


def everything() -> dict[str, list[object]]:
    """All rows that a refusal must not touch."""
    rows: dict[str, list[object]] = {"trail": list(Entry.objects.order_by("pk").values())}
    for label in ("agreements", "partnerships", "outbox"):
        for model in apps.get_app_config(label).get_models():
            rows[model.__name__] = list(model._default_manager.order_by("pk").values())
    return rows


@contextmanager
def refused(kind: type[Refusal], words: str = "") -> Iterator[None]:
    """The operation refuses with a sentence and leaves nothing half-written."""
    before = everything()
    with override("en"):
        with pytest.raises(kind) as refusal:
            yield
        assert words in str(refusal.value)
    assert 400 <= refusal.value.status < 500
    assert everything() == before


def test_signing_moves_to_the_stage_in_the_same_transaction(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    paper = memorandum(partnership)
    sign(partnership, paper, kalush, signed_on=dt.date(2024, 2, 19))

    signed = sign(partnership, paper, zaporizhzhia)

    partnership.refresh_from_db()
    assert signed.transition is not None
    assert (signed.transition.stage, signed.transition.reached_on) == (Stage.MEMORANDUM, TODAY)
    assert (partnership.stage, signed.agreement.signed_on) == (Stage.MEMORANDUM, TODAY)
    assert set(partnership.parties.values_list("state", flat=True)) == {PartyState.SIGNED}


def test_signature_from_the_future_leaves_nothing(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    paper = memorandum(partnership)
    with refused(Refusal, "future"):
        sign(partnership, paper, kalush, signed_on=TOMORROW)


def test_stranger_does_not_sign(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    paper = memorandum(partnership)
    other = agreed(kalush, chernivtsi)
    with refused(operations.PartyRefused, "present party"):
        operations.sign(
            partnership=partnership, agreement=paper, party=party_of(other, chernivtsi), signed_on=TODAY, by=None, at=AT
        )
    with refused(operations.BackingRefused, "another partnership"):
        sign(other, paper, kalush)


@pytest.mark.parametrize(
    ("stage", "facts", "words"),
    [
        (Stage.CONTACT, {"document_uk": "лист"}, "does not lead"),
        (Stage.INTENT, {"document_uk": "лист"}, "does not lead"),
        (Stage.PARTNERSHIP, {"document_uk": "план"}, "write the reason"),
        (Stage.MEMORANDUM, {}, "signed memorandum"),
        (Stage.MEMORANDUM, {"document_uk": "меморандум", "reached_on": TOMORROW}, "future"),
        (Stage.MEMORANDUM, {"document_uk": "меморандум", "reached_on": dt.date(2024, 1, 1)}, "cannot be older"),
        (Stage.TWINS, {"document_uk": "присяга", "skipped_reason_uk": "одразу"}, "council decision of every party"),
    ],
)
def test_stage_that_cannot_be_is_refused(
    kalush: Body, zaporizhzhia: Body, stage: str, facts: dict[str, object], words: str
) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    with refused(Refusal, words):
        operations.reach_stage(
            partnership=partnership,
            stage=stage,
            by=None,
            at=AT,
            **({"reached_on": TODAY} | facts),  # type: ignore[arg-type]
        )


def test_nothing_is_reached_before_two_agreed(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    with refused(operations.BackingRefused, "At least two parties"):
        operations.reach_stage(
            partnership=partnership,
            stage=Stage.INTENT,
            reached_on=TODAY,
            document_uk="лист",
            by=None,
            at=AT,
        )


def test_straight_to_twins_by_two_decisions_with_a_reason(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    decisions = [decided(partnership, body) for body in (kalush, zaporizhzhia)]
    arguments = {"partnership": partnership, "stage": Stage.TWINS, "reached_on": TODAY, "by": None, "at": AT}
    with refused(operations.BackingRefused, "every party"):
        operations.reach_stage(decisions=decisions[:1], skipped_reason_uk="рішення рад", **arguments)  # type: ignore[arg-type]

    reached = operations.reach_stage(decisions=decisions, skipped_reason_uk="рішення рад", **arguments)  # type: ignore[arg-type]

    partnership.refresh_from_db()
    assert (partnership.stage, reached.skipped_reason_uk, reached.decisions.count()) == (Stage.TWINS, "рішення рад", 2)


def decided(partnership: Partnership, body: Body, number: str = "2188-56-VIII") -> object:
    return operations.add_decision(
        partnership=partnership,
        body=body,
        number=number,
        decided_on=dt.date(2024, 2, 15),
        title_uk="Про побратимство",
        by=None,
        at=AT,
    )


def test_decision_without_a_number_or_of_a_stranger_is_refused(
    kalush: Body, zaporizhzhia: Body, chernivtsi: Body
) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    with refused(Refusal, "needs its number"):
        decided(partnership, kalush, number="  ")
    with refused(operations.PartyRefused, "no party"):
        decided(partnership, chernivtsi)
    decided(partnership, kalush)
    with refused(Refusal, "recorded already"):
        decided(partnership, kalush)


def test_suspended_partnership_stays_where_it_is(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    paper = memorandum(partnership)
    operations.suspend(partnership=partnership, suspended_from=TODAY, reason_uk="перерва", by=None, at=AT)
    with refused(operations.PartnershipSuspended):
        sign(partnership, paper, kalush)
    later = AT + dt.timedelta(days=3)

    operations.resume(partnership=partnership, resumed_on=later.date(), by=None, at=later)

    assert operations.sign(
        partnership=partnership,
        agreement=paper,
        party=party_of(partnership, kalush),
        signed_on=TODAY,
        by=None,
        at=later,
    )


def test_conditions_have_reasons_and_days(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    arguments = {"partnership": partnership, "by": None, "at": AT}
    with refused(operations.ConditionRefused, "reason"):
        operations.end(ended_on=TODAY, reason_uk="", **arguments)  # type: ignore[arg-type]
    with refused(operations.DateRefused, "before the partnership"):
        operations.end(ended_on=dt.date(2020, 1, 1), reason_uk="ні", **arguments)  # type: ignore[arg-type]
    with refused(operations.ConditionRefused, "not suspended"):
        operations.resume(resumed_on=TODAY, **arguments)  # type: ignore[arg-type]
    with refused(operations.DateRefused, "after its beginning"):
        operations.suspend(suspended_from=TODAY, suspended_to=TODAY, reason_uk="перерва", **arguments)  # type: ignore[arg-type]


def test_stale_form_is_refused(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    with refused(ChangedMeanwhile):
        operations.end(
            partnership=partnership, ended_on=TODAY, reason_uk="ні", version=partnership.version - 1, by=None, at=AT
        )
    assert ChangedMeanwhile.status == 409


def test_leaving_party_may_be_invited_again(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia, chernivtsi)
    operations.leave(party=party_of(partnership, chernivtsi), on=TODAY, by=None, at=AT)
    with refused(operations.PartyRefused, "already"):
        operations.leave(party=party_of(partnership, chernivtsi), on=TODAY, by=None, at=AT)

    party = operations.invite_party(partnership=partnership, body=chernivtsi, by=None, at=AT)

    assert (party.pk, party.state, party.left_on) == (party_of(partnership, chernivtsi).pk, PartyState.INVITED, None)


def test_every_recorded_verb_has_a_sentence_in_both_languages(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = agreed(kalush, zaporizhzhia)
    paper = memorandum(partnership)
    for body in (kalush, zaporizhzhia):
        sign(partnership, paper, body)
    operations.end(partnership=partnership, ended_on=TODAY, reason_uk="досить", by=None, at=AT)

    for language, words in [("uk", "Калуш: підписано"), ("en", "Kalush signed on")]:
        with override(language):
            lines = history_of(partnership, paper)
            assert [line.verb for line in lines if line.sentence == line.verb or "%(" in line.sentence] == []
            assert any(line.sentence.startswith(words) for line in lines)
