"""One's own account: password, address, name, sessions."""

import datetime as dt
import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import User
from pobratym.accounts.resetting import send_reset
from pobratym.outbox.models import Message
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import age_proof, code_at, is_in, long_ago, set_up, sign_in, text_of, verbs

pytestmark = pytest.mark.django_db

NEW = "цілком новий пароль 9"


def link_in(text: str) -> str:
    return re.search(r"http://[^/]+(/\S+)", text)[1]


def reset_link(person: User) -> str:
    send_reset.call(email=person.email, language="uk")
    return link_in(Message.objects.filter(key__startswith=f"accounts.password_reset:{person.pk}:").last().text)


@pytest.fixture
def _tasks_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.mark.usefixtures("_tasks_at_once")
def test_forgotten_password_answers_alike_to_everybody(client, make):
    person, inactive = make(), make()
    User.objects.filter(pk=inactive.pk).update(is_active=False)

    pages = [
        text_of(client.post("/accounts/sign-in/forgotten/", {"email": email}))
        for email in (person.email.upper(), inactive.email, "nobody@pobratym.example")
    ]

    assert pages[0] == pages[1] == pages[2]
    assert list(Message.objects.values_list("to", flat=True)) == [person.email]


def test_looking_up_a_forgotten_address_is_left_to_the_worker(client, make, django_assert_num_queries):
    person = make()
    client.get("/accounts/sign-in/forgotten/")
    counts = []
    for email in (person.email, "nobody@pobratym.example"):
        with django_assert_num_queries(100, exact=False) as asked:
            client.post("/accounts/sign-in/forgotten/", {"email": email})
        counts.append([query["sql"].split()[0] for query in asked.captured_queries])
        assert not any("accounts_user" in query["sql"] for query in asked.captured_queries)

    assert counts[0] == counts[1]
    assert not Message.objects.exists()


def test_link_sets_a_password_once_and_ends_all_sessions(client, make):
    person = make()
    there = Client()
    sign_in(there, person, PASSWORD)
    link = reset_link(person)
    assert client.get(link).status_code == 200

    answer = client.post(link, {"password": NEW})

    assert answer.url == "/accounts/sign-in/"
    assert not is_in(client, person)
    assert there.get("/accounts/me/").status_code == 302
    assert client.post(link, {"password": "третій довгий пароль"}).status_code == 410
    sign_in(client, person, NEW)
    assert is_in(client, person)
    assert verbs(person)[-3:] == ["session.ended", "password.reset", "session.opened"]
    assert Message.objects.filter(key__startswith="accounts.password_changed:").count() == 1


def test_link_does_not_stand_in_for_the_second_factor(client, make):
    person = make()
    set_up(person, long_ago())
    client.post(reset_link(person), {"password": NEW})

    assert sign_in(client, person, NEW).url == "/accounts/sign-in/second/"
    assert not is_in(client, person)


@pytest.mark.parametrize("link", ["/accounts/sign-in/password/MQ/abc-def/", "/accounts/sign-in/password/%D1%8F/x/"])
def test_invented_link_is_gone(client, db, link):
    assert client.get(link).status_code == 410


def test_link_is_gone_after_two_hours(make, client, settings):
    person = make()
    link = reset_link(person)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert client.post(link, {"password": NEW}).status_code == 410


def test_weak_password_is_refused(client, make):
    person = make()

    assert client.post(reset_link(person), {"password": "коротко1"}).status_code == 422
    assert client.post(reset_link(person), {"password": "password1234"}).status_code == 422


def test_mailbox_is_not_filled(make):
    person = make()
    at = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
    for seconds in (0, 5, 300, 599, 600):
        operations.send_reset(email=person.email, language="uk", at=at + dt.timedelta(seconds=seconds))

    assert Message.objects.count() == 2


def test_changed_password_ends_all_sessions_but_this_one(make):
    person = make()
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, person, PASSWORD)
    key = here.session.session_key

    answer = here.post("/accounts/me/password/", {"present": PASSWORD, "password": NEW})

    assert answer.url == "/accounts/me/"
    assert here.get("/accounts/me/").status_code == 200
    assert here.session.session_key != key
    assert there.get("/accounts/me/").status_code == 302
    assert [session.session_key for session in UserSession.objects.all()] == [here.session.session_key]
    assert verbs(person)[-2:] == ["session.ended", "password.changed"]


def test_present_password_is_needed_for_a_new_one(client, make):
    person = make()
    sign_in(client, person, PASSWORD)

    answer = client.post("/accounts/me/password/", {"present": "не той", "password": NEW})

    assert answer.status_code == 422
    assert "Це не ваш пароль" in text_of(answer)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_address_changes_when_the_new_one_answers_and_the_old_one_is_told(client, make):
    person = make()
    old = person.email
    sign_in(client, person, PASSWORD)

    client.post("/accounts/me/address/", {"email": "Nova@Pobratym.example"})
    person.refresh_from_db()
    assert person.email == old
    asked = {message.to: message for message in Message.objects.all()}
    assert set(asked) == {old, "nova@pobratym.example"}
    assert "nova@pobratym.example" in asked[old].text

    link = link_in(asked["nova@pobratym.example"].text)
    assert "nova@pobratym.example" in text_of(Client().get(link))
    Client().post(link)

    person.refresh_from_db()
    assert person.email == "nova@pobratym.example"
    assert Message.objects.filter(to=old, key__startswith="accounts.address_changed:").exists()
    assert Client().post(link).status_code == 410
    assert verbs(person)[-2:] == ["address.asked", "address.changed"]


def test_taken_address_tells_its_owner_and_not_the_asker(client, make):
    person, owner = make(), make()
    sign_in(client, person, PASSWORD)

    taken = client.post("/accounts/me/address/", {"email": owner.email}, follow=True)
    free = client.post("/accounts/me/address/", {"email": "free@pobratym.example"}, follow=True)

    assert taken.status_code == free.status_code == 200
    assert [str(m) for m in taken.context["messages"]] == [str(m) for m in free.context["messages"]]
    told = Message.objects.get(to=owner.email)
    assert "http" not in told.text.partition("Це були не ви?")[0]


@pytest.mark.parametrize("spoil", ["day", "taken", "bent", "moved"])
def test_link_of_a_new_address_goes_stale(make, spoil):
    person = make()
    at = timezone.now() - (dt.timedelta(days=1, seconds=1) if spoil == "day" else dt.timedelta())
    operations.ask_new_address(person=person, email="new@pobratym.example", language="uk", by=person, at=at)
    link = link_in(Message.objects.get(to="new@pobratym.example").text)
    if spoil == "taken":
        operations.make_person(email="new@pobratym.example", name="Інша", password=PASSWORD, by=None, at=at)
    if spoil == "moved":
        User.objects.filter(pk=person.pk).update(email="other@pobratym.example")

    assert Client().post(link[:-3] + "x/" if spoil == "bent" else link).status_code == 410
    assert not User.objects.filter(pk=person.pk, email="new@pobratym.example").exists()


def test_name_is_changed(client, make):
    person = make()
    sign_in(client, person, PASSWORD)

    client.post("/accounts/me/name/", {"name": "Калуш, координація"})

    person.refresh_from_db()
    assert person.name == "Калуш, координація"
    assert verbs(person)[-1] == "person.renamed"


def test_sessions_tell_device_and_rough_place_and_end_one_by_one(make):
    person = make()
    here = Client(REMOTE_ADDR="203.0.113.77")
    there = Client(
        headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36"},
        REMOTE_ADDR="2001:db8:1:2::3",
    )
    for client in (here, there):
        sign_in(client, person, PASSWORD)

    shown = text_of(here.get("/accounts/me/sessions/"))
    assert "Chrome, Linux" in shown
    assert "203.0.113.0" in shown
    assert "203.0.113.77" not in shown
    assert "2001:db8:1::" in shown
    assert "цей пристрій" in shown
    other = UserSession.objects.get(session_key=there.session.session_key)
    stranger = Client()
    sign_in(stranger, make(), PASSWORD)
    assert stranger.post(f"/accounts/me/sessions/{other.pk}/end/").status_code == 404
    assert there.get("/accounts/me/").status_code == 200

    here.post(f"/accounts/me/sessions/{other.pk}/end/")

    assert there.get("/accounts/me/").status_code == 302
    assert here.get("/accounts/me/").status_code == 200
    assert verbs(person)[-1] == "session.ended"


def test_sign_out_everywhere(make):
    person = make()
    clients = [Client(), Client(), Client()]
    for client in clients:
        sign_in(client, person, PASSWORD)

    clients[0].post("/accounts/me/sessions/end/")

    assert [client.get("/accounts/me/").status_code for client in clients] == [200, 302, 302]
    assert Session.objects.filter(session_key__in=UserSession.objects.values("session_key")).count() == 1


def test_signing_out_takes_the_session_from_the_list(client, make):
    person = make()
    sign_in(client, person, PASSWORD)
    client.post("/accounts/sign-out/")

    assert not UserSession.objects.exists()


def test_busiest_session_ends_after_seven_days(client, make):
    person = make()
    sign_in(client, person, PASSWORD)
    session = client.session
    session["opened_at"] = (timezone.now() - dt.timedelta(days=7)).isoformat()
    session.save()

    assert client.get("/accounts/me/").status_code == 302
    assert not is_in(client, person)


def test_last_seen_is_written_each_five_minutes(client, make):
    person = make()
    sign_in(client, person, PASSWORD)
    before = timezone.now() - dt.timedelta(minutes=6)
    UserSession.objects.update(last_seen_at=before)
    client.get("/accounts/me/")
    assert UserSession.objects.get().last_seen_at == before

    session = client.session
    session["seen_at"] = before.isoformat()
    session.save()
    client.get("/accounts/me/")
    assert UserSession.objects.get().last_seen_at > before


def test_query_count_of_sessions_is_equal_for_one_and_three(make, django_assert_max_num_queries):
    person = make()
    counts = []
    here = Client()
    sign_in(here, person, PASSWORD)
    for _more in range(2):
        with django_assert_max_num_queries(20) as asked:
            assert here.get("/accounts/me/sessions/").status_code == 200
        counts.append(len(asked))
        for _turn in range(2):
            sign_in(Client(), person, PASSWORD)

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "address",
    ["me/", "me/name/", "me/password/", "me/address/", "me/factors/", "me/factors/app/", "me/sessions/", "me/prove/"],
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_ask_a_visitor_to_sign_in_and_open_for_their_owner(client, make, address, language):
    assert client.get(f"{language}/accounts/{address}").url.startswith(f"{language}/accounts/sign-in/?next=")

    sign_in(client, make(), PASSWORD)
    answer = client.get(f"{language}/accounts/{address}")

    assert answer.status_code == (302 if address == "me/prove/" else 200)


def test_change_of_address_asks_for_a_fresh_proof(client, make):
    person = make()
    sign_in(client, person, PASSWORD)
    age_proof(client)

    answer = client.post("/accounts/me/address/", {"email": "new@pobratym.example"})

    assert answer.context["carried"] == [("email", "new@pobratym.example")]
    assert not Message.objects.exists()


def test_code_of_the_app_is_in_no_log_of_the_session(client, make):
    person = make()
    set_up(person, long_ago())
    sign_in(client, person, PASSWORD)
    code = code_at(timezone.now())
    client.post("/accounts/sign-in/second/", {"code": code})

    assert code not in str(dict(client.session))
