"""Papers: what is refused leaves no trace, what is agreed becomes signed."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.utils.translation import override

from pobratym.agreements import operations
from pobratym.agreements.choices import WEIGHTS, AgreementKind
from pobratym.agreements.models import Agreement
from pobratym.agreements.queries import memorandum_sections
from pobratym.audit.models import Entry
from pobratym.organisations.choices import Mandate
from pobratym.organisations.models import Body
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal
from tests.partnerships.cast import AT, TODAY, body_of, head_of

TOMORROW = TODAY + dt.timedelta(days=1)


def everything() -> list[Any]:
    """All rows of papers, and the trail."""
    models = apps.get_app_config("agreements").get_models()
    return [list(model._default_manager.order_by("pk").values()) for model in [*models, Entry]]


@contextmanager
def refused(kind: type[Refusal], words: str = "") -> Iterator[None]:
    before = everything()
    with override("en"):
        with pytest.raises(kind) as refusal:
            yield
        assert words in str(refusal.value)
    assert everything() == before


def sections(words: str = "Сторони працюють разом.") -> list[dict[str, Any]]:
    return [
        {"key": "subject", "title_uk": "Предмет", "title_en": "Subject", "paragraphs_uk": [words], "paragraphs_en": []}
    ]


def draft(*bodies: Body, **rest: Any) -> Agreement:
    facts = {"kind": AgreementKind.MEMORANDUM, "title_uk": "Меморандум", "sections": sections()} | rest
    return operations.draft_agreement(bodies=bodies, by=None, at=AT, **facts)


def agree(agreement: Agreement, *bodies: Body, text_number: int = 1) -> None:
    for body in bodies:
        operations.agree_text(agreement=agreement, body=body, text_number=text_number, by=None, at=AT)


def sign(agreement: Agreement, body: Body, **rest: Any) -> Any:
    return operations.sign(agreement=agreement, body=body, by=None, at=AT, **({"signed_on": TODAY} | rest))


def revise(agreement: Agreement, body: Body, words: str, version: int) -> Any:
    return operations.revise_text(
        agreement=agreement, sections=sections(words), for_body=body, version=version, by=None, at=AT
    )


def test_paper_has_two_different_parties_a_title_and_a_text(kalush: Body, zaporizhzhia: Body) -> None:
    with refused(operations.PartiesRefused, "at least two"):
        draft(kalush)
    with refused(operations.PartiesRefused, "twice"):
        draft(kalush, kalush)
    with refused(operations.TextRefused, "title"):
        draft(kalush, zaporizhzhia, title_uk=" ")
    with refused(operations.TextRefused, "empty"):
        draft(kalush, zaporizhzhia, sections=sections(" "))


def test_text_is_agreed_when_every_party_agreed_to_the_newest(kalush: Body, zaporizhzhia: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush)
    paper.refresh_from_db()
    assert paper.state == "draft"
    with refused(operations.TextRefused, "already"):
        agree(paper, kalush)

    agree(paper, zaporizhzhia)

    paper.refresh_from_db()
    assert paper.state == "agreed"


def test_new_version_withdraws_consents(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush, zaporizhzhia)
    paper.refresh_from_db()
    with refused(ChangedMeanwhile):
        revise(paper, zaporizhzhia, "Інакше.", paper.version - 1)
    with refused(operations.PartiesRefused, "not a party"):
        revise(paper, chernivtsi, "Інакше.", paper.version)
    with refused(operations.TextRefused, "not changed"):
        revise(paper, zaporizhzhia, "Сторони працюють разом.", paper.version)

    text = revise(paper, zaporizhzhia, "Інакше.", paper.version)

    paper.refresh_from_db()
    assert (text.number, paper.state) == (2, "draft")
    assert set(paper.parties.values_list("agreed_text", flat=True)) == {None}
    with refused(ChangedMeanwhile):
        agree(paper, kalush, text_number=1)
    with refused(operations.SignatureRefused, "Agree to the newest"):
        sign(paper, kalush)


def test_first_signature_freezes_the_text(kalush: Body, zaporizhzhia: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush, zaporizhzhia)
    sign(paper, kalush)
    paper.refresh_from_db()

    with refused(operations.TextFrozen, "cannot change"):
        revise(paper, zaporizhzhia, "Інакше.", paper.version)
    assert operations.TextFrozen.status == 409


def test_last_signature_dates_the_paper(kalush: Body, zaporizhzhia: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush, zaporizhzhia)
    sign(paper, zaporizhzhia)
    paper.refresh_from_db()
    assert (paper.state, paper.signed_on) == ("agreed", None)

    signature = sign(paper, kalush, signed_on=dt.date(2024, 2, 18))

    paper.refresh_from_db()
    assert (paper.state, paper.signed_on) == ("signed", TODAY)
    assert (signature.post_uk, signature.mandate) == ("міський голова", Mandate.ELECTED)
    with refused(operations.TextFrozen):
        sign(paper, kalush)


@pytest.mark.parametrize(
    ("facts", "kind", "words"),
    [
        ({"signed_on": TOMORROW}, operations.SignatureRefused, "future"),
        ({"signed_on": dt.date(1991, 8, 23)}, operations.SignatureRefused, "1991"),
        ({"signatory_uk": "Секретар ради"}, operations.SignatoryUnknown, "post and mandate"),
    ],
)
def test_impossible_signature_is_refused(
    kalush: Body, zaporizhzhia: Body, facts: dict[str, Any], kind: type[Refusal], words: str
) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush)
    with refused(kind, words):
        sign(paper, kalush, **facts)


def test_party_signs_once_what_it_agreed_to(kalush: Body, zaporizhzhia: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush)
    with refused(operations.SignatureRefused, "Agree"):
        sign(paper, zaporizhzhia)
    sign(paper, kalush)
    with refused(operations.SignatureRefused, "already"):
        sign(paper, kalush)


def test_authority_is_that_of_the_day(zaporizhzhia: Body) -> None:
    poltava = body_of("Полтава")
    earlier = head_of(poltava, holds_to=dt.date(2024, 1, 1))
    paper = draft(poltava, zaporizhzhia)
    agree(paper, poltava)
    with refused(operations.SignatoryUnknown, "Nobody is known"):
        sign(paper, poltava)
    with refused(operations.SignatoryUnknown, "held no office"):
        sign(paper, poltava, office_holder=earlier)
    head_of(poltava)
    head_of(poltava, mandate=Mandate.DEPUTY)
    with refused(operations.SignatoryUnknown, "Several"):
        sign(paper, poltava)

    given = {"signatory_uk": "Секретар ради", "post_uk": "секретар", "mandate": Mandate.ACTING}
    assert sign(paper, poltava, **given).mandate == Mandate.ACTING


def test_decision_behind_a_signature_is_the_own_body_s(kalush: Body, zaporizhzhia: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    agree(paper, kalush)
    other = decide(zaporizhzhia)
    with refused(operations.SignatureRefused, "another body"):
        sign(paper, kalush, decision=other)
    own = decide(kalush)
    assert sign(paper, kalush, decision=own).decision == own


def test_dropped_party_lets_the_others_go_on(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    paper = draft(kalush, zaporizhzhia, chernivtsi)
    agree(paper, kalush, zaporizhzhia)
    sign(paper, kalush)
    with refused(operations.PartiesRefused, "has signed"):
        operations.drop_party(agreement=paper, body=kalush, on=TODAY, by=None, at=AT)

    operations.drop_party(agreement=paper, body=chernivtsi, on=TODAY, by=None, at=AT)

    paper.refresh_from_db()
    assert paper.state == "agreed"
    with refused(operations.PartiesRefused, "no longer"):
        agree(paper, chernivtsi)


def test_paper_of_one_party_ends(kalush: Body, zaporizhzhia: Body) -> None:
    paper = draft(kalush, zaporizhzhia)
    operations.drop_party(agreement=paper, body=zaporizhzhia, on=TODAY, by=None, at=AT)

    paper.refresh_from_db()
    assert paper.state == "ended"
    with refused(operations.TextRefused, "has ended"):
        agree(paper, kalush)


def decide(body: Body, **rest: Any) -> Any:
    facts = {"number": "2188-56-VIII", "decided_on": TODAY, "title_uk": "Про меморандум"} | rest
    return operations.record_decision(body=body, by=None, at=AT, **facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"number": " "}, "needs its number"),
        ({"decided_on": TOMORROW}, "future"),
        ({"title_uk": ""}, "about"),
        ({"decided_on": dt.date(2020, 1, 1)}, "did not act"),
    ],
)
def test_unclear_decision_is_refused(facts: dict[str, Any], words: str, db: None) -> None:
    body = body_of("Полтава", acts_from=dt.date(2020, 12, 1))
    with refused(operations.DecisionRefused, words):
        decide(body, **facts)


def test_decision_is_recorded_once(kalush: Body) -> None:
    assert decide(kalush, number=" 2188-56-VIII ").number == "2188-56-VIII"
    with refused(operations.DecisionRefused, "recorded already"):
        decide(kalush)


def test_every_kind_has_its_weight_and_none_moves_money() -> None:
    assert set(WEIGHTS) == set(AgreementKind)
    with override("en"):
        assert all(any("no money" in str(line) for line in weight.may_not) for weight in WEIGHTS.values())


def test_same_words_have_the_same_digest(kalush: Body, zaporizhzhia: Body) -> None:
    text = memorandum_sections(bodies=[kalush, zaporizhzhia], subject_uk="економічне партнерство")
    first, second = draft(kalush, zaporizhzhia, sections=text), draft(kalush, zaporizhzhia, sections=text)
    assert first.texts.get().sha256 == second.texts.get().sha256
