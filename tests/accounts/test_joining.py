"""The first person of a body: asked, confirmed by two addresses or a letter, decided once, and never by a shortcut."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction

from pobratym.accounts import operations as accounts
from pobratym.accounts import personal, retention
from pobratym.accounts.joining import Joining, Verification
from pobratym.accounts.models import Invitation
from pobratym.accounts.operations import joining as operations
from pobratym.accounts.operations import verifying
from pobratym.audit.models import Entry
from pobratym.audit.queries import history_of
from pobratym.organisations import operations as organisations
from pobratym.outbox.models import Message
from pobratym.territory.models import Unit
from tests.accounts.conftest import PASSWORD, council

pytestmark = pytest.mark.django_db

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
RADA = "rada@kalush.gov.ua.example"
ASKER = "economy@kalush.example"
POST = "начальниця управління економіки"
WORDS = {"name": "Калуш, економіка", "post": POST, "email": ASKER}


@pytest.fixture
def unit(db) -> Unit:
    return Unit.objects.with_parents().get(pk="UA26060170000091466")


@pytest.fixture
def kalush(unit, at):
    body = council(unit.pk, "Калуш", at)
    return organisations.change_body(
        body=body, version=1, official_email=RADA, official_email_source="https://kalush.example", by=None, at=at
    )


@pytest.fixture
def moderator(make):
    return make("moderator")


def token_in(mail: Message, page: str) -> str:
    """The link's token, as only the letter has it."""
    return re.search(rf"/accounts/join/{page}/([\w-]+)/", mail.text)[1]


def ask(unit: Unit, at: dt.datetime, **changes: str) -> Joining | None:
    return operations.ask_to_join(unit=unit, at=at, **WORDS | changes)


def asked(unit: Unit, at: dt.datetime, **changes: str) -> Joining:
    """A request whose own address has answered."""
    ask(unit, at, **changes)
    mail = Message.objects.filter(to=changes.get("email", ASKER)).latest("pk")
    return operations.confirm_joining(token=token_in(mail, "confirm"), at=at)


def official(joining: Joining, moderator, at: dt.datetime, *, agreed: bool = True) -> Joining:
    """A request that the official address has answered."""
    operations.send_official_link(joining=joining, by=moderator, at=at)
    token = token_in(Message.objects.filter(to=RADA).latest("pk"), "official")
    return operations.answer_officially(token=token, agreed=agreed, at=at)


def trace() -> tuple[int, int, int]:
    """What a refused operation leaves as it was."""
    return Entry.objects.count(), Message.objects.count(), Invitation.objects.count()


def test_whole_way_leads_to_an_invitation_as_first_coordinator(unit, kalush, moderator, at):
    joining = asked(unit, at)
    official(joining, moderator, at + DAY)

    invitation = operations.accept_joining(joining=joining, by=moderator, at=at + 2 * DAY)
    person = accounts.accept_invitation(
        token=invitation.token, name="Калуш, координація", password=PASSWORD, by=None, at=at + 3 * DAY
    )

    assert [(m.role, m.body) for m in person.memberships.all()] == [("coordinator", kalush)]
    assert person.email == ASKER
    made = Verification.objects.get()
    assert (made.body, made.how, made.email, made.official_email, made.verified_by) == (
        kalush, "link", ASKER, RADA, moderator,
    )  # fmt: skip
    assert [line.sentence for line in reversed(history_of(joining))] == [
        "Хтось попросив приєднати громаду до платформи (UA26060170000091466).",
        "Заявник підтвердив власну адресу.",
        "На офіційну адресу надіслано посилання.",
        "З офіційної адреси підтвердили особу.",
        "Прохання прийнято: підтверджено з офіційної адреси.",
    ]
    assert "Першу особу органу перевірено: підтверджено з офіційної адреси." in [
        line.sentence for line in history_of(kalush)
    ]


def test_letters_say_what_is_confirmed_in_the_language_of_their_reader(unit, kalush, moderator, at, settings):
    joining = asked(unit, at, language="en")
    operations.send_official_link(joining=joining, by=moderator, at=at)
    own, to_council = Message.objects.get(to=ASKER), Message.objects.get(to=RADA)

    assert own.subject == "Confirm your request to join Pobratym"
    assert f"{settings.ADDRESS}/en/accounts/join/confirm/" in own.text
    assert to_council.subject == "Чи може ця особа діяти від органу «Калуш: міська рада» на «Побратимі»?"
    assert f"> {WORDS['name']}\n> {POST}\n> {ASKER}" in to_council.text
    assert "пропонувати партнерства" in to_council.text
    assert "жодного документа цим не підписують" in to_council.text
    assert f"{settings.ADDRESS}/accounts/join/official/" in to_council.text


def test_database_holds_digests_only(unit, kalush, moderator, at):
    joining = asked(unit, at)
    operations.send_official_link(joining=joining, by=moderator, at=at)
    joining.refresh_from_db()

    own = token_in(Message.objects.get(to=ASKER), "confirm")
    sent = token_in(Message.objects.get(to=RADA), "official")
    assert {own, sent}.isdisjoint({joining.token_digest, joining.official_digest})
    assert not any(token in mail.key for token in (own, sent) for mail in Message.objects.all())


def test_asking_tells_nothing_of_accounts_and_floods_nobody(unit, kalush, make, at):
    known = make()

    ask(unit, at)
    ask(unit, at, email=known.email)
    assert ask(unit, at + 9 * MINUTE) is None
    assert Message.objects.filter(to=ASKER).count() == 1
    assert Message.objects.filter(to=known.email).count() == 1

    again = ask(unit, at + 11 * MINUTE, post="заступниця міського голови")
    assert Joining.objects.filter(email=ASKER).count() == 1
    assert again.post == "заступниця міського голови"
    first, second = Message.objects.filter(to=ASKER).order_by("pk")
    with pytest.raises(operations.LinkGone):
        operations.confirm_joining(token=token_in(first, "confirm"), at=at + 12 * MINUTE)
    operations.confirm_joining(token=token_in(second, "confirm"), at=at + 12 * MINUTE)
    # Confirmed, it stays as it is, whoever asks with the address.
    assert ask(unit, at + DAY, post="хтось") is None
    assert Joining.objects.get(email=ASKER).post == "заступниця міського голови"


def test_one_open_request_of_an_address_for_a_place_is_kept_by_the_database(unit, at):
    ask(unit, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Joining.objects.create(unit=unit, email=ASKER, asked_at=at, expires_at=at, token_digest="another")


@pytest.mark.parametrize("later", [2 * DAY, 30 * DAY])
def test_own_link_expires(unit, kalush, at, later):
    ask(unit, at)
    token = token_in(Message.objects.get(), "confirm")
    before = trace()

    with pytest.raises(operations.LinkGone) as refusal:
        operations.confirm_joining(token=token, at=at + later)

    assert (refusal.value.status, trace()) == (410, before)
    assert not Joining.objects.confirmed().exists()


def test_official_link_works_once_expires_and_is_replaced(unit, kalush, moderator, at):
    joining = asked(unit, at)
    operations.send_official_link(joining=joining, by=moderator, at=at)
    first = token_in(Message.objects.get(to=RADA), "official")
    with pytest.raises(operations.JustSent):
        operations.send_official_link(joining=joining, by=moderator, at=at + 9 * MINUTE)

    operations.send_official_link(joining=joining, by=moderator, at=at + 11 * MINUTE)
    second = token_in(Message.objects.filter(to=RADA).latest("pk"), "official")
    with pytest.raises(operations.LinkGone):
        operations.answer_officially(token=first, agreed=True, at=at + DAY)
    with pytest.raises(operations.LinkGone):
        operations.answer_officially(token=second, agreed=True, at=at + 15 * DAY)
    operations.answer_officially(token=second, agreed=True, at=at + DAY)
    with pytest.raises(operations.LinkGone):
        operations.answer_officially(token=second, agreed=False, at=at + DAY)

    joining.refresh_from_db()
    assert joining.official_agreed is True


@pytest.mark.parametrize("way", ["nothing", "sent", "denied"])
def test_nobody_is_let_in_without_a_yes_or_a_letter(unit, kalush, moderator, at, way):
    joining = asked(unit, at)
    if way == "sent":
        operations.send_official_link(joining=joining, by=moderator, at=at)
    if way == "denied":
        official(joining, moderator, at, agreed=False)
    before = trace()

    with pytest.raises(operations.NotVerified):
        operations.accept_joining(joining=joining, by=moderator, at=at + DAY)

    assert trace() == before
    assert not Verification.objects.exists()


def test_letter_is_recorded_as_one(unit, kalush, moderator, at):
    joining = asked(unit, at)
    operations.record_letter(
        joining=joining, letter_number=" 01-12/77 ", letter_on=at.date(), by=moderator, at=at + DAY
    )
    operations.accept_joining(joining=joining, by=moderator, at=at + DAY)

    made = Verification.objects.get()
    assert (made.how, made.letter_number, made.letter_on, made.official_email) == (
        "letter", "01-12/77", at.date(), "",
    )  # fmt: skip
    assert "Записано лист органу: № 01-12/77 від 20.02.2024." in [line.sentence for line in history_of(joining)]


def test_letter_of_the_future_is_refused(unit, kalush, moderator, at):
    joining = asked(unit, at)
    with pytest.raises(verifying.WrongVerification) as refusal:
        operations.record_letter(joining=joining, letter_number="1", letter_on=at.date() + DAY, by=moderator, at=at)
    assert refusal.value.field == "letter_on"


def test_refusal_is_told_with_its_reason_and_lets_one_ask_again(unit, kalush, moderator, at):
    joining = asked(unit, at)
    operations.refuse_joining(
        joining=joining,
        reason="wrong_body",
        reason_text="Від громади діє військова адміністрація.",
        by=moderator,
        at=at,
    )

    mail = Message.objects.filter(to=ASKER).latest("pk")
    assert mail.subject == "Ваше прохання приєднатися до «Побратима»"
    assert "Причина: від громади діє інший орган." in mail.text
    assert "Від громади діє військова адміністрація." in mail.text
    joining.refresh_from_db()
    assert (joining.outcome, joining.decided_by) == ("refused", moderator)
    assert ask(unit, at + DAY).pk != joining.pk


@pytest.mark.parametrize("first", ["accept", "refuse"])
@pytest.mark.parametrize("second", ["accept", "refuse", "send", "letter"])
def test_second_moderator_is_told_that_it_was_decided(unit, kalush, moderator, make, at, first, second):
    joining = official(asked(unit, at), moderator, at)
    other = make("moderator")
    acts = {
        "accept": lambda by: operations.accept_joining(joining=joining, by=by, at=at),
        "refuse": lambda by: operations.refuse_joining(joining=joining, reason="unclear", by=by, at=at),
        "send": lambda by: operations.send_official_link(joining=joining, by=by, at=at + DAY),
        "letter": lambda by: operations.record_letter(
            joining=joining, letter_number="1", letter_on=at.date(), by=by, at=at
        ),
    }
    acts[first](moderator)
    before = trace()

    with pytest.raises(operations.AlreadyDecided) as refusal:
        acts[second](other)

    assert (refusal.value.status, trace()) == (409, before)


def test_request_that_is_not_confirmed_reaches_no_moderator(unit, kalush, moderator, at):
    joining = ask(unit, at)
    with pytest.raises(operations.AlreadyDecided):
        operations.send_official_link(joining=joining, by=moderator, at=at)
    assert not Joining.objects.waiting().exists()


def test_body_must_be_entered_and_have_an_address(unit, moderator, at):
    joining = asked(unit, at)
    with pytest.raises(operations.NotEntered, match="Спершу внесіть її раду"):
        operations.send_official_link(joining=joining, by=moderator, at=at)
    council(unit.pk, "Калуш", at)
    with pytest.raises(operations.NotEntered, match="Офіційної адреси органу тут немає"):
        operations.send_official_link(joining=joining, by=moderator, at=at)


def test_body_that_ended_meanwhile_gets_nobody(unit, kalush, moderator, at):
    joining = official(asked(unit, at), moderator, at)
    organisations.end_body(body=kalush, acts_to=at.date() + DAY, by=None, at=at)

    with pytest.raises(operations.NotEntered):
        operations.accept_joining(joining=joining, by=moderator, at=at + 2 * DAY)
    assert not Invitation.objects.exists()


def test_body_with_people_is_asked_itself(unit, kalush, make, at):
    make(("reader", kalush))
    with pytest.raises(operations.BodyIsHere):
        ask(unit, at)
    assert (Joining.objects.count(), Message.objects.count()) == (0, 0)


# Whoever invites: the product itself, a moderator, people of other bodies, former people.
@pytest.mark.parametrize("who", [None, "moderator", "editor", "stranger", "former"])
def test_first_member_is_invited_by_no_shortcut(kalush, zaporizhzhia, make, at, who):
    by = {
        None: lambda: None,
        "moderator": lambda: make("moderator"),
        "editor": lambda: make("editor"),
        "stranger": lambda: make(("coordinator", zaporizhzhia)),
        "former": lambda: make(("coordinator", kalush), begin=at - 2 * DAY, end=at - DAY),
    }[who]()

    with pytest.raises(verifying.FirstNotVerified) as refusal:
        accounts.invite(email=ASKER, role="coordinator", body=kalush, by=by, at=at)

    assert refusal.value.field == "body"
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "let_in"),
    [
        ({}, True),
        ({"later": 29 * DAY}, True),
        ({"later": 30 * DAY}, False),
        ({"email": "other@kalush.example"}, False),
        ({"by": "editor"}, False),
        ({"by": "stranger"}, False),
        ({"body": "zaporizhzhia"}, False),
    ],
)
def test_verification_lets_a_moderator_invite_that_address_for_a_time(kalush, zaporizhzhia, make, at, changes, let_in):
    verifying.record_verification(
        body=kalush, email=ASKER, how="register", source_url="https://kalush.example/contacts", by=None, at=at
    )
    by = (
        make(("coordinator", zaporizhzhia)) if changes.get("by") == "stranger" else make(changes.get("by", "moderator"))
    )
    if changes.get("by") != "stranger" and "body" in changes:
        kalush = zaporizhzhia
    wish = {"email": changes.get("email", ASKER), "role": "coordinator", "body": kalush, "by": by}

    if let_in:
        assert accounts.invite(**wish, at=at + changes.get("later", MINUTE)).body == kalush
    else:
        with pytest.raises(verifying.FirstNotVerified):
            accounts.invite(**wish, at=at + changes.get("later", MINUTE))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"how": "letter", "letter_on": dt.date(2024, 1, 1)}, "letter_number"),
        ({"how": "letter", "letter_number": "1"}, "letter_on"),
        ({"how": "letter", "letter_number": "1", "letter_on": dt.date(2024, 2, 21)}, "letter_on"),
        ({"how": "register"}, "source_url"),
        ({"how": "link"}, None),
    ],
)
def test_verification_names_what_it_rests_on(kalush, moderator, at, facts, field):
    before = trace()
    with pytest.raises(verifying.WrongVerification) as refusal:
        verifying.record_verification(body=kalush, email=ASKER, by=moderator, at=at, **facts)
    assert (refusal.value.field, trace()) == (field, before)


def test_unconfirmed_requests_are_deleted_and_decided_ones_forget_the_person(unit, kalush, moderator, at):
    ask(unit, at)
    decided = asked(unit, at, email="other@kalush.example")
    operations.refuse_joining(joining=decided, reason="unclear", by=moderator, at=at)
    rules = retention.rules

    assert rules["unconfirmed_joinings"].apply(at - MINUTE, at) == 0
    assert rules["unconfirmed_joinings"].apply(at, at) == 1
    assert rules["decided_joinings"].apply(at - MINUTE, at) == 0
    assert rules["decided_joinings"].apply(at, at) == 1

    decided.refresh_from_db()
    assert list(Joining.objects.all()) == [decided]
    assert (decided.name, decided.post, decided.email, decided.outcome) == ("", "", "", "refused")


def test_person_takes_along_and_out_what_is_held(unit, kalush, moderator, at):
    joining = official(asked(unit, at), moderator, at)
    invitation = operations.accept_joining(joining=joining, by=moderator, at=at)
    person = accounts.accept_invitation(token=invitation.token, name="Калуш", password=PASSWORD, by=None, at=at)

    held = personal.held_about(person, at)
    assert [row["post"] for row in held["accounts.joining"]] == [POST]
    assert [row["about_you"] for row in held["accounts.verification"]] == [True]
    decided = personal.held_about(moderator, at)
    assert ASKER not in str(decided["accounts.joining"]) + str(decided["accounts.verification"])

    personal.kinds["accounts.joining"].erase(person, at)
    personal.kinds["accounts.verification"].erase(person, at)
    joining.refresh_from_db()
    assert (joining.email, joining.post, joining.outcome) == ("", "", "accepted")
    assert Verification.objects.get().email == ""
