"""What people hear of from accounts: a wish, its answer, an invitation accepted."""

import datetime as dt

import pytest

from pobratym.accounts.choices import Role
from pobratym.accounts.models import Invitation
from pobratym.accounts.operations import (
    accept_invitation,
    ask_second,
    confirm_second,
    give_role,
    make_person,
    refuse_second,
)
from pobratym.accounts.queries import digest_of, waiting_for_second
from pobratym.audit.queries import reference
from pobratym.notices import operations
from pobratym.notices.choices import NoticeState, When
from pobratym.notices.models import Notice
from pobratym.outbox.models import Message
from pobratym.vocabulary.choices import Visibility
from tests.partnerships.cast import body_of, member, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def kalush(db):
    return body_of("Калуш")


@pytest.fixture
def coordinator(kalush):
    return member("coordinator", kalush)


@pytest.fixture
def wish(kalush, coordinator, at):
    """A wish to show a partnership; asked when the people of the test are there."""

    def wish():
        partnership = proposed(kalush, body_of("Запоріжжя"))
        Message.objects.all().delete()
        return ask_second(
            subject=partnership, title="Калуш і Запоріжжя", raise_to=Visibility.PUBLIC, by=coordinator, at=at
        )

    return wish


def receivers(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("person__email").values_list("person__email", flat=True))


def test_colleague_who_may_agree_hears_of_a_wish(kalush, wish):
    signatory, _reader = member("signatory", kalush), member("reader", kalush)
    member("moderator")

    wish()

    assert receivers("accounts.second_asked") == [signatory.email]
    letter = Message.objects.get()
    assert letter.subject == "Просять вашої згоди: Калуш і Запоріжжя"
    assert "/accounts/second-person/" in letter.text


def test_without_a_colleague_moderators_hear_of_a_wish(wish):
    moderator = member("moderator")

    wish()

    assert receivers("accounts.second_asked") == [moderator.email]


@pytest.mark.parametrize(("answer", "subject"), [(confirm_second, "Погоджено"), (refuse_second, "Відмовлено")])
def test_who_asked_hears_the_answer(kalush, coordinator, wish, at, answer, subject):
    signatory = member("signatory", kalush)
    asked = wish()

    answer(second=asked, by=signatory, at=at)

    assert receivers("accounts.second_answered") == [coordinator.email]
    letter = Message.objects.get(to=coordinator.email)
    assert letter.subject == f"{subject}: Калуш і Запоріжжя"


def test_taking_the_own_wish_back_tells_nobody(wish, coordinator, at):
    asked = wish()

    refuse_second(second=asked, by=coordinator, at=at)

    assert receivers("accounts.second_answered") == []


def test_wish_that_was_answered_is_not_in_the_gathered_letter(kalush, wish, at):
    signatory = member("signatory", kalush)
    operations.choose(person=signatory, chosen={"accounts.second_asked": When.DAILY}, by=signatory, at=at)
    asked = wish()
    assert waiting_for_second(asked.subject) == asked
    confirm_second(second=asked, by=member("moderator"), at=at)

    operations.gather(at=at + dt.timedelta(days=1))

    assert dict(Notice.objects.filter(person=signatory).values_list("kind", "state")) == {
        "accounts.second_asked": NoticeState.DROPPED
    }
    assert not Message.objects.filter(to=signatory.email).exists()


def test_who_invited_hears_of_the_acceptance_while_leading(kalush, coordinator, at):
    for number in range(2):
        Invitation.objects.create(
            email=f"new{number}@pobratym.example", role=Role.EDITOR, body=kalush, token_digest=digest_of(str(number)),
            invited_by=coordinator, invited_at=at, expires_at=at + dt.timedelta(days=7),
        )  # fmt: skip
    accept_invitation(token="0", name="Редакторка", password="correct horse battery", by=None, at=at)
    operations.gather(at=at + dt.timedelta(days=1))

    letter = Message.objects.get(to=coordinator.email)
    assert "Редакторка приймає ваше запрошення і тепер працює від імені «Калуш». Роль: редагування" in letter.text

    accept_invitation(token="1", name="Інша", password="correct horse battery", by=None, at=at + dt.timedelta(days=2))
    coordinator.memberships.update(holds_to=at + dt.timedelta(days=2, hours=1))
    assert operations.gather(at=at + dt.timedelta(days=3)) == 0
    assert Notice.objects.get(person=coordinator, state=NoticeState.DROPPED).data["person"] == "Інша"


def test_reference_of_a_wish_is_what_the_kind_reads(wish):
    member("moderator")
    asked = wish()

    assert Notice.objects.get().about == reference(asked)


def test_person_without_a_role_hears_of_no_wish(wish, at):
    make_person(email="nobody@pobratym.example", name="x", by=None, at=at)
    moderator = member("moderator")
    give_role(person=moderator, role=Role.EDITOR, by=None, at=at)

    wish()

    assert receivers("accounts.second_asked") == [moderator.email]
