"""Pages: statuses by role, refusals with their sentences, and equal query counts for one row and three."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import Membership, SecondPerson, User
from pobratym.organisations import operations as organisations
from pobratym.outbox.models import Message
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "Адреса і пароль не відповідають жодному обліковому запису."


@pytest.fixture
def enter(client):
    def enter(person: User):
        client.force_login(person, backend="pobratym.accounts.backends.People")
        return client

    return enter


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_sign_in_leads_where_one_wanted(client, make):
    person = make()

    answer = client.post(
        "/accounts/sign-in/?next=/accounts/people/",
        {"email": person.email.upper(), "password": PASSWORD, "next": "/accounts/people/"},
    )

    assert (answer.status_code, answer.url) == (302, "/accounts/people/")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", r"/\evil.example", "http:///evil"]
)
def test_sign_in_leads_nobody_away(client, make, address):
    page = client.get("/accounts/sign-in/", {"next": address})
    answer = client.post("/accounts/sign-in/", {"email": make().email, "password": PASSWORD, "next": address})

    assert page.context["form"]["next"].value() == ""
    assert answer.url == reverse("portal:desk")


def test_refusal_tells_not_which_of_the_two_was_wrong(client, make):
    person = make()
    inactive = make()
    User.objects.filter(pk=inactive.pk).update(is_active=False)

    answers = [
        client.post("/accounts/sign-in/", {"email": person.email, "password": "wrong"}),
        client.post("/accounts/sign-in/", {"email": "nobody@pobratym.example", "password": PASSWORD}),
        client.post("/accounts/sign-in/", {"email": inactive.email, "password": PASSWORD}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(WRONG in text_of(answer) for answer in answers)
    assert "_auth_user_id" not in client.session


def test_who_is_signed_in_is_not_asked_again(enter, make):
    assert enter(make()).get("/accounts/sign-in/").url == reverse("portal:desk")


def test_session_key_changes_at_sign_in(client, make):
    client.get("/accounts/sign-in/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    client.post("/accounts/sign-in/", {"email": make().email, "password": PASSWORD})

    assert client.session.session_key != before


def test_sign_out_is_a_post(enter, make):
    client = enter(make())

    assert client.get("/accounts/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/sign-out/").url == reverse("portal:home")
    assert "_auth_user_id" not in client.session


def test_demonstration_session_ends_with_the_demonstration(enter, settings, at):
    settings.DEMONSTRATION = True
    operations.mark_database(at=at)
    person = operations.make_demonstration_account(key="reader", name="Читачка", email="r@pobratym.example", at=at)
    operations.give_role(person=person, role="moderator", by=None, at=at)
    client = enter(person)
    assert client.get("/accounts/people/").status_code == 200

    settings.DEMONSTRATION = False

    assert client.get("/accounts/people/").status_code == 302


@pytest.fixture
def invitation(make, kalush):
    return operations.invite(
        email="new@kalush.example", role="signatory", body=kalush, by=make(("coordinator", kalush)), at=timezone.now()
    )


@pytest.mark.parametrize(
    ("language", "words"), [("", ("Вас запрошено", "підписання")), ("/en", ("You are invited", "signatory"))]
)
def test_invitation_is_accepted_in_both_languages(client, invitation, language, words):
    address = f"{language}/accounts/invitation/{invitation.token}/"
    page = text_of(client.get(address))
    assert all(word in page for word in words)

    answer = client.post(address, {"name": "Калуш, підписантка", "password": PASSWORD})

    assert answer.url == f"{language}/desk/"
    person = User.objects.get(email="new@kalush.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.memberships.get().role == "signatory"


def test_weak_password_is_refused_at_its_field(client, invitation):
    answer = client.post(f"/accounts/invitation/{invitation.token}/", {"name": "X", "password": "12345"})

    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert not User.objects.filter(email="new@kalush.example").exists()


@pytest.mark.parametrize("age", [dt.timedelta(days=7), None])
def test_expired_or_used_link_says_what_to_do(client, invitation, age):
    if age:
        type(invitation).objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    else:
        operations.accept_invitation(token=invitation.token, name="X", password=PASSWORD, by=None, at=timezone.now())

    for answer in (
        client.get(f"/accounts/invitation/{invitation.token}/"),
        client.post(f"/accounts/invitation/{invitation.token}/", {"name": "Y", "password": PASSWORD}),
    ):
        assert answer.status_code == 410
        assert ("Попросіть нове" if age else "вже використано") in text_of(answer)


def test_owner_of_an_account_is_led_to_sign_in_and_accepts_by_one_button(enter, client, make, kalush):
    person, stranger, _coordinator = make(), make(), make(("coordinator", kalush))
    sent = operations.invite(email=person.email, role="editor", body=kalush, by=None, at=timezone.now())
    address = f"/accounts/invitation/{sent.token}/"

    asked = client.get(address)
    assert (asked.status_code, f"?next={address}" in text_of(asked)) == (409, True)
    assert "Ви увійшли як" in text_of(enter(stranger).get(address))
    page = enter(person).get(address)
    assert 'name="password"' not in text_of(page)
    client.post(address)

    assert person.memberships.get().role == "editor"


PEOPLE = {
    "visitor": 302,
    "reader": 403,
    "signatory": 403,
    "coordinator": 200,
    "ended coordinator": 403,
    "editor of the platform": 403,
    "moderator": 200,
}


@pytest.fixture
def role(make, kalush, at):
    def role(name: str) -> User | None:
        end = at + dt.timedelta(hours=1) if name.startswith("ended") else None
        roles = {"visitor": None, "moderator": ("moderator",), "editor of the platform": ("editor",)}.get(
            name, ((name.rsplit(maxsplit=1)[-1], kalush),)
        )
        return None if roles is None else make(*roles, end=end)

    return role


@pytest.mark.parametrize("address", ["/accounts/people/", "/accounts/people/invite/"])
@pytest.mark.parametrize(("name", "status"), PEOPLE.items())
def test_who_opens_the_pages_of_people(client, enter, role, address, name, status):
    person = role(name)
    if person:
        enter(person)

    answer = client.get(address)

    assert answer.status_code == status
    if status == 302:
        assert answer.url == f"/accounts/sign-in/?next={address}"


def test_coordinator_sees_own_people_only(enter, make, kalush, zaporizhzhia):
    coordinator = make(("coordinator", kalush))
    make(("signatory", kalush))
    make(("signatory", zaporizhzhia))
    make("moderator")

    shown = text_of(enter(coordinator).get("/accounts/people/"))

    assert "signatory, Калуш" in shown
    assert "Запоріжжя" not in shown
    assert "moderator" not in shown


def test_moderator_sees_all(enter, make, kalush, zaporizhzhia):
    make(("signatory", kalush))
    make(("signatory", zaporizhzhia))

    shown = text_of(enter(make("moderator")).get("/en/accounts/people/"))

    assert all(words in shown for words in ("signatory, Калуш", "signatory, Запоріжжя", "The whole platform"))


def queries_of(client, address: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(20) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_query_count_of_people_is_equal_for_one_and_three(enter, make, kalush, at, django_assert_max_num_queries):
    client = enter(make("moderator"))
    make(("coordinator", kalush))
    operations.invite(email="a@b.example", role="reader", body=kalush, by=None, at=timezone.now())
    one = queries_of(client, "/accounts/people/", django_assert_max_num_queries)
    for number in range(2):
        make(("signatory", kalush), "editor")
        operations.invite(email=f"{number}@b.example", role="reader", body=kalush, by=None, at=timezone.now())

    assert queries_of(client, "/accounts/people/", django_assert_max_num_queries) == one


def test_coordinator_invites_for_the_own_body(enter, make, kalush):
    client = enter(make(("coordinator", kalush)))

    answer = client.post(
        "/accounts/people/invite/", {"email": "new@kalush.example", "role": "signatory", "body": kalush.pk}
    )

    assert answer.url == "/accounts/people/"
    assert Message.objects.get().to == "new@kalush.example"
    assert "new@kalush.example" in text_of(client.get("/accounts/people/"))


@pytest.mark.parametrize("values", [{"body": "other"}, {"body": ""}, {"role": "moderator"}, {"email": "x"}])
def test_coordinator_invites_nowhere_else(enter, make, kalush, zaporizhzhia, values):
    client = enter(make(("coordinator", kalush)))
    sent = {"email": "new@kalush.example", "role": "signatory", "body": str(kalush.pk), **values}
    sent["body"] = str(zaporizhzhia.pk) if sent["body"] == "other" else sent["body"]

    answer = client.post("/accounts/people/invite/", sent)

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_moderator_invites_to_the_platform_but_not_into_a_wrong_scope(enter, make, kalush):
    client = enter(make("moderator"))

    refused = client.post("/accounts/people/invite/", {"email": "m@b.example", "role": "signatory", "body": ""})
    answer = client.post("/accounts/people/invite/", {"email": "m@b.example", "role": "moderator", "body": ""})

    assert refused.status_code == 422
    assert "Виберіть орган" in text_of(refused)
    assert answer.status_code == 302


def test_role_is_ended_after_one_more_question(enter, make, kalush, zaporizhzhia):
    client = enter(make(("coordinator", kalush)))
    own = make(("reader", kalush)).memberships.get()
    foreign = make(("reader", zaporizhzhia)).memberships.get()

    assert client.get(f"/accounts/people/{own.pk}/end/").status_code == 200
    assert client.post(f"/accounts/people/{foreign.pk}/end/").status_code == 404
    assert client.post(f"/accounts/people/{own.pk}/end/").status_code == 302

    ended = Membership.objects.exclude(holds_to=None)
    assert list(ended) == [own]
    assert client.post(f"/accounts/people/{own.pk}/end/").status_code == 409


@pytest.fixture
def wish(make, kalush, at) -> SecondPerson:
    return wish_about(kalush, make(("coordinator", kalush)), at)


def wish_about(body, asker: User, at: dt.datetime) -> SecondPerson:
    holder = organisations.add_office_holder(
        body=body,
        person_uk="Калуш, голова",
        person_en="Kalush, mayor",
        post_uk="голова",
        post_en="mayor",
        mandate="elected",
        by=None,
        at=at,
    )
    return operations.ask_second(subject=holder, title="Голова Калуша", raise_to="public", by=asker, at=at)


WISHES = {
    "visitor": (302, False),
    "reader": (403, False),
    "signatory": (200, True),
    "coordinator": (200, True),
    "ended coordinator": (403, False),
    "editor of the platform": (200, False),
    "moderator": (200, True),
}


@pytest.mark.parametrize(("name", "expected"), WISHES.items())
def test_who_sees_and_answers_wishes(client, enter, role, wish, name, expected):
    status, sees = expected
    person = role(name)
    if person:
        enter(person)

    page = client.get("/accounts/second-person/")
    answer = client.post(f"/accounts/second-person/{wish.pk}/", {"answer": "confirm"})

    assert page.status_code == status
    assert ("Голова Калуша" in text_of(page)) is sees
    wish.refresh_from_db()
    assert (answer.status_code == 302, wish.agreed) == ((True, True) if sees else (name == "visitor", None))


def test_asker_cannot_confirm_but_takes_back(enter, wish):
    client = enter(wish.asked_by)

    confirmed = client.post(f"/accounts/second-person/{wish.pk}/", {"answer": "confirm"})
    assert confirmed.status_code == 403
    assert "Відповісти має інша людина" in text_of(confirmed)
    assert "Відкликати" in text_of(client.get("/accounts/second-person/"))
    assert client.post(f"/accounts/second-person/{wish.pk}/", {"answer": "refuse"}).status_code == 302

    wish.refresh_from_db()
    assert wish.agreed is False
    assert client.post(f"/accounts/second-person/{wish.pk}/", {"answer": "refuse"}).status_code == 404


def test_query_count_of_wishes_is_equal_for_one_and_three(enter, make, kalush, wish, at, django_assert_max_num_queries):
    client = enter(make(("signatory", kalush)))
    one = queries_of(client, "/accounts/second-person/", django_assert_max_num_queries)
    for _number in range(2):
        wish_about(kalush, make(("coordinator", kalush)), at)

    assert queries_of(client, "/accounts/second-person/", django_assert_max_num_queries) == one


def test_empty_page_of_wishes_teaches(enter, make):
    assert "When a colleague wants" in text_of(enter(make("moderator")).get("/en/accounts/second-person/"))
