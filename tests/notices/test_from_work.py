"""What people hear of from partnerships, papers and the newsroom: who, in which words, and who no more."""

import datetime as dt

import pytest

from pobratym.accounts.operations import end_membership, give_role
from pobratym.agreements import operations as papers
from pobratym.newsroom import operations as newsroom
from pobratym.notices import operations as notices
from pobratym.notices.choices import NoticeState, When
from pobratym.notices.models import Notice
from pobratym.outbox.models import Message
from pobratym.partnerships import operations
from pobratym.partnerships.choices import Reply
from pobratym.partnerships.operations import digest_of
from pobratym.vocabulary.choices import Direction
from tests.newsroom.conftest import write
from tests.partnerships.cast import (
    AT,
    agreed,
    body_of,
    head_of,
    letter,
    member,
    memorandum,
    party_of,
    proposed,
    sign,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class World:
    """Two bodies with their people."""

    def __init__(self) -> None:
        self.kalush, self.zaporizhzhia = body_of("Калуш"), body_of("Запоріжжя")
        head_of(self.kalush)
        head_of(self.zaporizhzhia)
        self.people = {
            f"{role} {name}": member(role, body)
            for name, body in (("Kalush", self.kalush), ("Zaporizhzhia", self.zaporizhzhia))
            for role in ("coordinator", "signatory", "reader")
        }
        self.moderator = member("moderator")

    def __getitem__(self, name: str):
        return self.people[name]


@pytest.fixture
def world(db) -> World:
    return World()


def heard(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def subjects(to) -> list[str]:
    return list(Message.objects.filter(to=to.email).order_by("pk").values_list("subject", flat=True))


def names(*names: str) -> set[str]:
    return set(names)


def test_invited_side_hears_of_a_proposal(world):
    proposed(world.kalush, world.zaporizhzhia, by=world["coordinator Kalush"])

    assert heard("partnerships.proposed") == names("Запоріжжя: coordinator", "Запоріжжя: signatory")
    assert subjects(world["signatory Zaporizhzhia"]) == ["Калуш пропонує партнерство: економічне партнерство"]


def test_body_that_is_invited_later_hears_of_it_too(world):
    partnership = proposed(world.kalush, world.zaporizhzhia)
    third = body_of("Чернівці")
    coordinator = member("coordinator", third)

    operations.invite_party(partnership=partnership, body=third, by=None, at=AT + DAY)

    assert len(subjects(coordinator)) == 1


REPLIES = {Reply.AGREE: "Запоріжжя погоджується", Reply.REFUSE: "Запоріжжя відмовляє", Reply.ASK: "Запоріжжя запитує"}


@pytest.mark.parametrize(("reply", "words"), REPLIES.items())
def test_who_proposed_hears_the_answer_and_who_answered_does_not(world, reply, words):
    partnership = proposed(world.kalush, world.zaporizhzhia)

    operations.answer(
        party=party_of(partnership, world.zaporizhzhia), reply=reply, text="Чи є кошти?",
        by=world["coordinator Zaporizhzhia"], at=AT,
    )  # fmt: skip

    assert heard("partnerships.answered") == names("Калуш: coordinator", "Калуш: signatory")
    assert subjects(world["coordinator Kalush"]) == [f"{words}: економічне партнерство"]


def test_moderator_hears_of_an_answer_by_link_until_it_is_confirmed(world):
    notices.choose(person=world.moderator, chosen={"partnerships.received": When.DAILY}, by=world.moderator, at=AT)
    partnership = proposed(world.kalush, world.zaporizhzhia)
    sent = operations.send_link(party=party_of(partnership, world.zaporizhzhia), by=None, at=AT)
    assert digest_of(token=sent.token) == sent.link.token_digest
    answer = operations.answer_by_link(token=sent.token, reply=Reply.AGREE, given_by="Секретар ради", at=AT)
    assert heard("partnerships.received") == names(world.moderator.name)
    # Nothing counts yet, so nobody else has heard.
    assert heard("partnerships.answered") == set()

    operations.confirm_answer(answer=answer, by=world.moderator, at=AT)
    notices.gather(at=AT + DAY)

    assert heard("partnerships.answered") == names("Калуш: coordinator", "Калуш: signatory")
    assert Notice.objects.get(kind="partnerships.received").state == NoticeState.DROPPED


def test_who_asked_hears_the_reply(world):
    partnership = proposed(world.kalush, world.zaporizhzhia)
    asked = operations.answer(
        party=party_of(partnership, world.zaporizhzhia), reply=Reply.ASK, text="Чи є кошти?",
        by=world["coordinator Zaporizhzhia"], at=AT,
    )  # fmt: skip

    operations.reply_to_question(answer=asked, response="Є.", by=world["coordinator Kalush"], at=AT)

    assert heard("partnerships.replied") == names("Запоріжжя: coordinator", "Запоріжжя: signatory")


def test_text_waits_for_the_other_side_and_can_be_signed_when_all_agree(world):
    partnership = agreed(world.kalush, world.zaporizhzhia)
    by = world["coordinator Kalush"]
    agreement = operations.draft_memorandum(partnership=partnership, written_for=world.kalush, by=by, at=AT)
    assert heard("agreements.worded") == names("Запоріжжя: coordinator", "Запоріжжя: signatory")

    papers.agree_text(agreement=agreement, body=world.kalush, text_number=1, by=by, at=AT)
    assert heard("agreements.ready") == set()
    papers.agree_text(
        agreement=agreement, body=world.zaporizhzhia, text_number=1, by=world["coordinator Zaporizhzhia"], at=AT
    )

    assert heard("agreements.ready") == names("Калуш: signatory", "Запоріжжя: signatory")


def test_other_side_hears_of_a_signature_and_of_the_last_one(world):
    partnership = agreed(world.kalush, world.zaporizhzhia)
    agreement = memorandum(partnership)

    sign(partnership, agreement, world.kalush)
    assert heard("agreements.signed") == names("Запоріжжя: coordinator", "Запоріжжя: signatory")
    sign(partnership, agreement, world.zaporizhzhia)

    texts = list(Message.objects.filter(subject__contains="підписано").order_by("pk").values_list("text", flat=True))
    assert len(texts) == 4
    assert "Інші підписи ще попереду" in texts[0]
    assert "підписали всі сторони" in texts[-1]


def test_who_lost_the_role_before_the_digest_hears_nothing(world):
    person = world["coordinator Kalush"]
    notices.choose(person=person, chosen={"partnerships.answered": When.DAILY}, by=person, at=AT)
    partnership = proposed(world.kalush, world.zaporizhzhia, visibility="public")
    letter(partnership, world.zaporizhzhia)
    assert "Калуш: coordinator" in heard("partnerships.answered")

    end_membership(membership=person.memberships.get(), by=None, at=AT + DAY / 2)
    notices.gather(at=AT + DAY)

    assert subjects(person) == []
    assert Notice.objects.get(kind="partnerships.answered", person=person).state == NoticeState.DROPPED


def test_letter_of_somebody_who_reads_english_is_english(world):
    person = world["coordinator Kalush"]
    notices.choose(person=person, chosen={}, language="en", by=person, at=AT)
    partnership = proposed(world.kalush, world.zaporizhzhia)

    letter(partnership, world.zaporizhzhia)

    assert subjects(person) == ["Zaporizhzhia agrees: economic partnership"]
    assert f"/en/partnerships/{partnership.pk}/" in Message.objects.get(to=person.email).text


def test_commitment_whose_day_has_passed_is_told_once(world):
    partnership = agreed(world.kalush, world.zaporizhzhia)
    wanted = {"direction": Direction.ENERGY, "partnership": partnership, "by": None, "at": AT}
    passed = operations.add_commitment(
        text_uk="Утеплити школу", due_on=AT.date() - DAY, party=party_of(partnership, world.kalush), **wanted
    )
    operations.add_commitment(text_uk="Ще не час", due_on=AT.date(), **wanted)
    done = operations.add_commitment(text_uk="Зроблено", due_on=AT.date() - DAY, **wanted)
    operations.mark_done(commitment=done, version=done.version, done_on=AT.date(), by=None, at=AT)
    operations.add_commitment(text_uk="Давно", due_on=AT.date() - 8 * DAY, **wanted)

    assert operations.remind_overdue(at=AT) == 1
    assert operations.remind_overdue(at=AT + dt.timedelta(hours=6)) == 1

    assert heard("partnerships.overdue") == names("Калуш: coordinator", "Калуш: signatory")
    assert Notice.objects.filter(about=f"partnerships.commitment:{passed.pk}").count() == 2


def test_editors_hear_of_an_item_and_the_writer_of_their_answer(world):
    writer, editor = world["coordinator Kalush"], member("editor")
    local = member("editor", world.kalush)
    give_role(person=writer, role="editor", by=None, at=AT)
    item = write(writer, AT)

    newsroom.submit_for_review(publication=item, by=writer, at=AT)
    assert heard("newsroom.handed_in") == names(editor.name)
    newsroom.return_to_draft(publication=item, reason="Назвіть джерело.", by=editor, at=AT)
    assert "Назвіть джерело." in Message.objects.get(to=writer.email).text
    newsroom.submit_for_review(publication=item, by=writer, at=AT)
    newsroom.publish(publication=item, by=editor, at=AT)

    assert len(subjects(editor)) == 2
    assert [subject.partition(":")[0] for subject in subjects(writer)] == ["Повернено", "Опубліковано"]
    assert subjects(local) == []


def test_news_of_a_signed_paper_is_told_to_editors_once(world):
    editor = member("editor")
    partnership = agreed(world.kalush, world.zaporizhzhia)
    agreement = memorandum(partnership)
    for body in (world.kalush, world.zaporizhzhia):
        sign(partnership, agreement, body)

    for _time in range(2):
        newsroom.write_from_agreement(agreement=agreement, partnership=partnership, by=None, at=AT)

    assert heard("newsroom.handed_in") == names(editor.name)
    assert len(subjects(editor)) == 1
