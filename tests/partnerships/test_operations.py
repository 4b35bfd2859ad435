"""What operations do, and what they refuse without a trace."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.utils.translation import override

from pobratym.audit.models import Entry
from pobratym.organisations.models import Body
from pobratym.organisations.operations import end_body
from pobratym.outbox.models import Message
from pobratym.partnerships import operations
from pobratym.partnerships.choices import PartyState, Reply, Stage
from pobratym.partnerships.models import Answer
from pobratym.vocabulary.refusals import Refusal
from tests.partnerships.cast import (
    AT,
    TODAY,
    agree,
    body_of,
    letter,
    member,
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


def test_proposal_names_parties_and_begins_with_the_contact(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)

    parties = partnership.parties.values_list("body", "role", "state", "invited_on")
    assert list(parties) == [
        (kalush.pk, "initiator", "agreed", None),
        (zaporizhzhia.pk, "party", "invited", dt.date(2024, 1, 12)),
    ]
    assert list(partnership.transitions.values_list("stage", "reached_on", "document_uk")) == [
        ("contact", dt.date(2024, 1, 12), "пропозиція на платформі")
    ]


def test_party_is_invited_once(kalush: Body, zaporizhzhia: Body) -> None:
    with refused(operations.PartyRefused, "named twice"):
        proposed(kalush, zaporizhzhia, zaporizhzhia)
    with refused(operations.PartyRefused, "named twice"):
        proposed(kalush, kalush)
    with refused(operations.PartyRefused, "needs a partner"):
        proposed(kalush)
    partnership = proposed(kalush, zaporizhzhia)
    with refused(operations.PartyRefused, "already"):
        operations.invite_party(partnership=partnership, body=zaporizhzhia, by=None, at=AT)


def test_same_parties_have_one_partnership_of_a_programme(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    with refused(operations.AlreadyTogether):
        proposed(zaporizhzhia, kalush)
    other = proposed(zaporizhzhia, kalush, programme="donor")
    operations.end(partnership=partnership, ended_on=TODAY, reason_uk="спробуємо знову", by=None, at=AT)

    again = proposed(zaporizhzhia, kalush)

    assert len({partnership.pk, other.pk, again.pk}) == 3


def test_inviting_does_not_make_a_double(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    proposed(kalush, zaporizhzhia, chernivtsi)
    two = proposed(kalush, zaporizhzhia)
    with refused(operations.AlreadyTogether):
        operations.invite_party(partnership=two, body=chernivtsi, by=None, at=AT)


def test_body_that_does_not_act_is_not_invited(kalush: Body, zaporizhzhia: Body) -> None:
    end_body(body=zaporizhzhia, acts_to=dt.date(2024, 1, 1), by=None, at=AT)
    with refused(operations.PartyRefused, "does not act"):
        proposed(kalush, zaporizhzhia)


def test_proposal_says_what_about_and_not_tomorrow(kalush: Body, zaporizhzhia: Body) -> None:
    with refused(operations.PartyRefused, "what the partnership is about"):
        proposed(kalush, zaporizhzhia, subject_uk=" ")
    with refused(operations.DateRefused, "future"):
        proposed(kalush, zaporizhzhia, began_on=TOMORROW)


def test_answer_by_link_counts_once_confirmed(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    party = party_of(partnership, zaporizhzhia)
    sent = operations.send_link(party=party, by=None, at=AT)
    mail = Message.objects.get()
    assert mail.to == "rada@zaporizhzhia.example.org"
    assert f"/partnerships/answer/{sent.token}/" in mail.text
    assert "05.03.2024" in mail.text
    assert sent.token not in str(everything()["OneTimeLink"])

    answer = operations.answer_by_link(token=sent.token, reply=Reply.AGREE, given_by="секретар ради", at=AT)

    party.refresh_from_db()
    assert party.state == PartyState.INVITED
    moderator = member("moderator")
    operations.confirm_answer(answer=answer, by=moderator, at=AT)
    party.refresh_from_db()
    partnership.refresh_from_db()
    assert (party.state, partnership.stage) == (PartyState.AGREED, Stage.INTENT)
    with refused(operations.AnswerSettled):
        operations.confirm_answer(answer=answer, by=moderator, at=AT)


def test_used_expired_replaced_and_unknown_links_are_gone(kalush: Body, zaporizhzhia: Body) -> None:
    party = party_of(proposed(kalush, zaporizhzhia), zaporizhzhia)
    first = operations.send_link(party=party, by=None, at=AT)
    second = operations.send_link(party=party, by=None, at=AT)

    def use(token: str, at: dt.datetime = AT) -> Answer:
        return operations.answer_by_link(token=token, reply=Reply.AGREE, given_by="секретар", at=at)

    for token, moment in [
        (first.token, AT),
        ("guess", AT),
        (second.token, AT + dt.timedelta(days=14)),
    ]:
        with refused(operations.LinkClosed, "no longer works"):
            use(token, moment)
    use(second.token, AT + dt.timedelta(days=13))
    with refused(operations.LinkClosed):
        use(second.token)
    assert operations.LinkClosed.status == 410


def test_answer_by_link_is_dismissed_without_effect(kalush: Body, zaporizhzhia: Body) -> None:
    party = party_of(proposed(kalush, zaporizhzhia), zaporizhzhia)
    sent = operations.send_link(party=party, by=None, at=AT)
    answer = operations.answer_by_link(token=sent.token, reply=Reply.REFUSE, given_by="хтось", at=AT)
    with refused(operations.PartyRefused, "why"):
        operations.dismiss_answer(answer=answer, reason="", by=None, at=AT)

    operations.dismiss_answer(answer=answer, reason="рада не надсилала", by=None, at=AT)

    party.refresh_from_db()
    assert party.state == PartyState.INVITED
    with refused(operations.AnswerSettled):
        operations.confirm_answer(answer=answer, by=None, at=AT)


def test_question_is_replied_with_a_new_link(kalush: Body, zaporizhzhia: Body) -> None:
    party = party_of(proposed(kalush, zaporizhzhia), zaporizhzhia)
    sent = operations.send_link(party=party, by=None, at=AT)
    with refused(operations.PartyRefused, "question"):
        operations.answer_by_link(token=sent.token, reply=Reply.ASK, given_by="секретар", at=AT)
    asked = operations.answer_by_link(
        token=sent.token, reply=Reply.ASK, text="Хто платить?", given_by="секретар", at=AT
    )
    with refused(operations.AnswerSettled):
        operations.reply_to_question(answer=asked, response="Ніхто", by=None, at=AT)
    operations.confirm_answer(answer=asked, by=None, at=AT)
    party.refresh_from_db()
    assert party.state == PartyState.STUDYING

    again = operations.reply_to_question(answer=asked, response="Кожна сама за себе.", by=None, at=AT)

    assert again is not None
    assert "Кожна сама за себе." in Message.objects.order_by("pk").last().text
    last = operations.answer_by_link(token=again.token, reply=Reply.AGREE, given_by="секретар", at=AT)
    operations.confirm_answer(answer=last, by=None, at=AT)
    party.refresh_from_db()
    assert party.state == PartyState.AGREED


def test_body_without_an_address_gets_no_link(kalush: Body, db: None) -> None:
    silent = body_of("Полтава", official_email="")
    party = party_of(proposed(kalush, silent), silent)
    with refused(operations.NoOfficialAddress, "record the answer by its letter"):
        operations.send_link(party=party, by=None, at=AT)


def test_letter_needs_number_and_a_past_day(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    with refused(operations.PartyRefused, "number of the letter"):
        letter(partnership, zaporizhzhia, letter_number=" ")
    with refused(operations.DateRefused, "future"):
        letter(partnership, zaporizhzhia, letter_on=TOMORROW)

    letter(partnership, zaporizhzhia)

    with refused(operations.AnswerSettled):
        letter(partnership, zaporizhzhia, Reply.REFUSE)


def test_other_ways_close_the_link_and_its_waiting_answer(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)
    party = party_of(partnership, zaporizhzhia)
    sent = operations.send_link(party=party, by=None, at=AT)
    waiting = operations.answer_by_link(token=sent.token, reply=Reply.REFUSE, given_by="хтось", at=AT)

    operations.answer(party=party, reply=Reply.AGREE, by=member("signatory", zaporizhzhia), at=AT)

    waiting.refresh_from_db()
    assert waiting.dismissed_at == AT
    party.refresh_from_db()
    assert party.state == PartyState.AGREED


def test_refusal_of_the_only_partner_ends_it(kalush: Body, zaporizhzhia: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia)

    letter(partnership, zaporizhzhia, Reply.REFUSE)

    partnership.refresh_from_db()
    assert (partnership.ended_on, partnership.condition_reason_uk) == (
        dt.date(2024, 1, 25),
        "Залишилася лише одна сторона.",
    )
    with refused(operations.PartnershipEnded):
        operations.invite_party(partnership=partnership, body=zaporizhzhia, by=None, at=AT)


def test_one_refusal_of_three_leaves_two_who_sign(kalush: Body, zaporizhzhia: Body, chernivtsi: Body) -> None:
    partnership = proposed(kalush, zaporizhzhia, chernivtsi)
    letter(partnership, zaporizhzhia)
    paper = operations.draft_memorandum(partnership=partnership, by=None, at=AT)
    agree(paper, kalush)
    agree(paper, zaporizhzhia)
    first = sign(partnership, paper, kalush)
    second = sign(partnership, paper, zaporizhzhia)
    assert (first.transition, second.transition) == (None, None)

    letter(partnership, chernivtsi, Reply.REFUSE)

    partnership.refresh_from_db()
    paper.refresh_from_db()
    assert (partnership.ended_on, partnership.stage, paper.state) == (None, Stage.MEMORANDUM, "signed")
    assert [party.body.short_name_uk for party in partnership.present] == ["Калуш", "Запоріжжя"]
