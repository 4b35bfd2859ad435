"""Pages of first members: who opens them, what each step shows, and the answers to links and forms."""

import re

import pytest
from django.utils import timezone

from pobratym.accounts.joining import Joining, Verification
from pobratym.accounts.models import Invitation, SecondPerson, User
from pobratym.accounts.operations import joining as operations
from pobratym.accounts.signing_in import PROVED
from pobratym.organisations import operations as organisations
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.outbox.models import Message
from pobratym.territory.models import Unit
from pobratym.territory.operations import record_status
from tests.accounts.test_joining import ASKER, POST, RADA, WORDS, asked, official, token_in

pytestmark = pytest.mark.django_db
KALUSH = "UA26060170000091466"
HERE = f"/accounts/join/?place={KALUSH}"


@pytest.fixture
def unit(db) -> Unit:
    return Unit.objects.with_parents().get(pk=KALUSH)


@pytest.fixture
def official_body(kalush, at) -> Body:
    return organisations.change_body(
        body=kalush, version=1, official_email=RADA, official_email_source="https://kalush.example", by=None, at=at
    )


@pytest.fixture
def waiting(unit, official_body) -> Joining:
    return asked(unit, timezone.now())


@pytest.fixture
def enter(client):
    def enter(person: User):
        client.force_login(person, backend="pobratym.accounts.backends.People")
        session = client.session
        session[PROVED] = timezone.now().isoformat()
        session.save()
        return client

    return enter


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_place_is_chosen_first_and_shows_who_acts(client, official_body):
    assert 'name="place"' in client.get("/accounts/join/").content.decode()
    assert client.get("/accounts/join/?place=Нема+такого").status_code == 422

    shown = text_of(client.get("/accounts/join/?place=Калуш"))
    assert "Калуш: міська рада" in shown
    assert RADA in shown
    assert "Модератор пише на офіційну адресу ради" in shown
    assert "its official address" not in shown.lower()
    assert f"Its official address: {RADA}" in text_of(client.get(f"/en{HERE}"))


def test_place_without_a_body_or_an_address_says_so(client, unit, db):
    assert "Її раду тут ще не внесено" in text_of(client.get(HERE))


def test_official_address_of_a_territory_at_risk_is_not_shown(client, unit, official_body, at):
    record_status(unit=unit, status="active", valid_from=at.date(), valid_to=None, source="наказ", by=None, at=at)

    shown = text_of(client.get(HERE))

    assert RADA not in shown
    assert "Його офіційну адресу не показуємо" in shown


def test_body_with_people_shows_no_form(client, official_body, make):
    make(("coordinator", official_body))

    assert 'name="email"' not in client.get(HERE).content.decode()
    assert client.post(HERE, WORDS).status_code == 409
    assert not Joining.objects.exists()


def test_answer_is_the_same_for_known_and_unknown_addresses(client, official_body, make):
    known = make()
    answers = [client.post(HERE, WORDS | {"email": email}) for email in (ASKER, known.email, ASKER)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/accounts/join/sent/")] * 3
    assert "Загляньте до поштової скриньки" in text_of(client.get("/accounts/join/sent/"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "economy"),
        ("email", ""),
        ("name", ""),
        ("name", "див. https://example.org"),
        ("post", "пишіть на a@b.example"),
        ("post", "www.example.org"),
        ("post", "x" * 161),
    ],
)
def test_wrong_words_are_refused_at_their_field(client, official_body, field, value):
    answer = client.post(HERE, WORDS | {field: value})

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert (Joining.objects.count(), Message.objects.count()) == (0, 0)


def test_own_link_confirms_by_a_button_once(client, official_body):
    client.post(HERE, WORDS)
    address = f"/accounts/join/confirm/{token_in(Message.objects.get(), 'confirm')}/"

    assert POST in text_of(client.get(address))
    assert Joining.objects.get().confirmed_at is None
    assert "Дякуємо, прохання отримано" in text_of(client.post(address))
    assert Joining.objects.get().confirmed_at is not None
    assert [client.get(address).status_code, client.post(address).status_code] == [410, 410]
    assert client.get("/accounts/join/confirm/x/").status_code == 410


@pytest.mark.parametrize(("answer", "agreed"), [("yes", True), ("no", False)])
def test_official_address_answers_by_a_button_once(client, waiting, make, answer, agreed):
    operations.send_official_link(joining=waiting, by=make("moderator"), at=timezone.now())
    address = f"/accounts/join/official/{token_in(Message.objects.get(to=RADA), 'official')}/"

    shown = text_of(client.get(address))
    assert all(words in shown for words in (WORDS["name"], POST, ASKER, "Жодного документа цим не підписують"))
    assert client.post(address, {"answer": "perhaps"}).status_code == 200
    assert Joining.objects.get().official_answered_at is None
    assert client.post(address, {"answer": answer}).status_code == 200
    assert Joining.objects.get().official_agreed is agreed
    assert [client.get(address).status_code, client.post(address, {"answer": "yes"}).status_code] == [410, 410]


# Permission accounts.verify: role → list, one request, each act.
ROLES = {
    None: (302, 404),
    "reader": (403, 404),
    "signatory": (403, 404),
    "coordinator": (403, 404),
    "editor of the body": (403, 404),
    "editor": (403, 404),
    "moderator": (200, 200),
}


@pytest.mark.parametrize(("role", "statuses"), ROLES.items())
def test_only_moderators_verify(client, enter, make, zaporizhzhia, waiting, role, statuses):
    if role in {"editor", "moderator"}:
        enter(make(role))
    elif role:
        enter(make((role.split(maxsplit=1)[0], zaporizhzhia)))
    page, act = statuses

    assert client.get("/accounts/joinings/").status_code == page
    assert client.get(f"/accounts/joinings/{waiting.pk}/").status_code == act
    acts = [client.post(f"/accounts/joinings/{waiting.pk}/{name}/") for name in ("letter", "refuse", "accept", "send")]
    # Empty forms are refused, a request that nobody verified is not accepted, the link goes out.
    assert [answer.status_code for answer in acts] == ([422, 422, 422, 302] if role == "moderator" else [404] * 4)
    body = Body.objects.get(short_name_uk="Калуш")
    verify = client.get(f"/accounts/bodies/{body.pk}/verify/").status_code
    assert verify == page


def test_unconfirmed_request_is_not_found_by_a_moderator(enter, make, client, unit, official_body):
    joining = operations.ask_to_join(unit=unit, at=timezone.now(), **WORDS)

    assert enter(make("moderator")).get(f"/accounts/joinings/{joining.pk}/").status_code == 404
    assert POST not in text_of(client.get("/accounts/joinings/"))


@pytest.mark.parametrize(
    ("email", "website", "words"),
    [
        (
            "rada@kalush-rada.gov.ua",
            "https://www.kalush-rada.gov.ua/",
            ["Адреса в домені gov.ua", "Її домен збігається"],
        ),
        ("rada@kalush.example", "https://kalush.example", ["Адреса не в домені gov.ua", "Її домен збігається"]),
        ("rada@gov.ua.example", "https://kalush.example", ["Адреса не в домені gov.ua", "Її домен не збігається"]),
        ("rada@notgov.ua", "", ["Адреса не в домені gov.ua", "Її домен не збігається"]),
    ],
)
def test_moderator_sees_hints_about_the_address(enter, make, waiting, official_body, at, email, website, words):
    organisations.change_body(body=official_body, version=2, official_email=email, website=website, by=None, at=at)

    shown = text_of(enter(make("moderator")).get(f"/accounts/joinings/{waiting.pk}/"))

    assert email in shown
    assert [one for one in words if one not in shown] == []
    assert "Це підказки, а не докази." in shown


def test_moderator_goes_the_whole_way(enter, make, client, waiting):
    client = enter(make("moderator"))
    address = f"/accounts/joinings/{waiting.pk}/"
    assert WORDS["name"] in text_of(client.get("/accounts/joinings/"))
    assert "Прийняти й запросити" not in text_of(client.get(address))

    client.post(f"{address}send/")
    assert "офіційну адресу запитано" in text_of(client.get(address))
    assert client.post(f"{address}send/").status_code == 409
    operations.answer_officially(
        token=token_in(Message.objects.get(to=RADA), "official"), agreed=True, at=timezone.now()
    )
    assert "Прийняти й запросити" in text_of(client.get(address))
    assert client.post(f"{address}accept/").url == address

    assert Invitation.objects.get().email == ASKER
    assert client.post(f"{address}accept/").status_code == 409
    decided = text_of(client.get(address))
    assert "прийнято" in decided
    assert "Прийняти й запросити" not in decided


def test_letter_and_refusal_by_page(enter, make, waiting):
    client = enter(make("moderator"))
    address = f"/accounts/joinings/{waiting.pk}/"

    wrong = client.post(f"{address}letter/", {"letter_number": "77", "letter_on": "2999-01-01"})
    assert (wrong.status_code, 'id="letter_letter_on_error"' in wrong.content.decode()) == (422, True)
    client.post(f"{address}letter/", {"letter_number": "77", "letter_on": "2024-02-19"})
    assert "Лист № 77 від 19" in text_of(client.get(address))

    assert client.post(f"{address}refuse/", {"reason": "because", "reason_text": "x"}).status_code == 422
    client.post(f"{address}refuse/", {"reason": "denied", "reason_text": "Рада не знає про це."})
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.reason) == ("refused", "denied")


def test_query_count_of_the_list_is_equal_for_one_and_three(enter, make, unit, waiting, django_assert_max_num_queries):
    client = enter(make("moderator"))
    client.get("/accounts/joinings/")

    def count() -> int:
        with django_assert_max_num_queries(25) as found:
            assert client.get("/accounts/joinings/").status_code == 200
        return len(found)

    one = count()
    for number in range(2):
        asked(unit, timezone.now(), email=f"{number}@kalush.example")
        closed = asked(unit, timezone.now(), email=f"closed{number}@kalush.example")
        operations.refuse_joining(joining=closed, reason="unclear", by=make("moderator"), at=timezone.now())
    first = count()
    third = asked(unit, timezone.now(), email="third@kalush.example")
    operations.refuse_joining(joining=third, reason="unclear", by=make("moderator"), at=timezone.now())

    assert count() == first == one


def test_moderator_verifies_a_body_that_nobody_asked_for(enter, make, official_body):
    client = enter(make("moderator"))
    invite = {"email": ASKER, "role": "coordinator", "body": official_body.pk}
    refused = client.post("/accounts/people/invite/", invite)
    assert refused.status_code == 422
    assert "Спершу модератор записує, чим перевірено цю особу." in text_of(refused)

    address = f"/accounts/bodies/{official_body.pk}/verify/"
    assert client.post(address, {"email": ASKER, "how": "register"}).status_code == 422
    assert client.post(address, {"email": ASKER, "how": "link"}).status_code == 422
    verified = client.post(address, {"email": ASKER, "how": "register", "source_url": "https://kalush.example/people"})

    assert verified.url == f"/accounts/people/invite/?body={official_body.pk}"
    assert Verification.objects.get().how == "register"
    assert client.post("/accounts/people/invite/", invite).status_code == 302


@pytest.fixture
def holder(kalush, at) -> OfficeHolder:
    return organisations.add_office_holder(
        body=kalush, person_uk="Калуш, міський голова", person_en="Kalush, mayor", post_uk="міський голова",
        post_en="mayor", mandate="elected", by=None, at=at,
    )  # fmt: skip


# Permission accounts.show_office; the team finds the record, only those who answer for it decide.
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 404),
        ("reader", 403),
        ("editor", 403),
        ("signatory", 200),
        ("coordinator", 200),
        ("moderator", 200),
        ("coordinator of another", 404),
    ],
)
def test_who_decides_who_sees_an_office_holder(client, enter, make, kalush, zaporizhzhia, holder, role, status):
    if role == "moderator":
        enter(make(role))
    elif role:
        enter(make((role.split(maxsplit=1)[0], zaporizhzhia if "another" in role else kalush)))

    assert client.get(f"/accounts/offices/{holder.pk}/show/").status_code == status


def test_showing_to_more_asks_a_second_person_and_to_fewer_is_done(enter, make, kalush, holder):
    client = enter(make(("coordinator", kalush)))
    address = f"/accounts/offices/{holder.pk}/show/"

    assert client.post(address, {"visibility": "everybody"}).status_code == 422
    assert client.post(address, {"visibility": "public"}).url == f"/bodies/{kalush.pk}/"
    holder.refresh_from_db()
    assert (holder.visibility, SecondPerson.objects.get().raise_to) == ("team", "public")
    assert client.post(address, {"visibility": "public"}).status_code == 409
    assert "Другу особу попросили" in text_of(client.get(address))

    client.post(address, {"visibility": "restricted"})
    holder.refresh_from_db()
    assert holder.visibility == "restricted"


def test_official_answer_is_shown_to_the_moderator(enter, make, waiting):
    moderator = make("moderator")
    official(waiting, moderator, timezone.now(), agreed=False)

    shown = text_of(enter(moderator).get(f"/accounts/joinings/{waiting.pk}/"))

    assert "з офіційної адреси відповіли «ні»" in shown
    assert "Прийняти й запросити" not in shown
