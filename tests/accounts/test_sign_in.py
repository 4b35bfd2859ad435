"""Signing in: one proof or two, nobody learns who has an account, nobody shuts another out."""

import datetime as dt
import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pobratym.accounts.devices import device_of
from pobratym.accounts.models import User
from pobratym.accounts.networks import network_of
from pobratym.accounts.signing_in import PENDING
from pobratym.config.checks import configuration
from pobratym.outbox.models import Message
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import code_at, is_in, long_ago, set_up, sign_in, text_of, verbs

pytestmark = pytest.mark.django_db


def test_password_alone_opens_nothing_where_a_factor_is_set_up(client, make):
    person = make()
    set_up(person, long_ago())

    answer = sign_in(client, person, PASSWORD)

    assert answer.url == reverse("accounts:second_step")
    assert not is_in(client, person)
    assert client.get("/accounts/me/").status_code == 302

    answer = client.post(answer.url, {"code": code_at(timezone.now())})
    assert answer.url == reverse("portal:desk")
    assert is_in(client, person)
    assert verbs(person)[-1] == "session.opened"


def test_second_step_leads_where_one_wanted(client, make):
    person = make()
    set_up(person, long_ago())
    client.post("/accounts/sign-in/", {"email": person.email, "password": PASSWORD, "next": "/accounts/me/"})

    assert client.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())}).url == "/accounts/me/"


def test_wrong_code_is_refused_and_recorded(client, make):
    person = make()
    set_up(person, long_ago())
    sign_in(client, person, PASSWORD)

    answer = client.post("/accounts/sign-in/second/", {"code": "000000"})

    assert answer.status_code == 422
    assert "Код неправильний" in text_of(answer)
    assert not is_in(client, person)
    assert verbs(person)[-1] == "factor.failed"


def test_code_of_the_app_is_used_once(make):
    person = make()
    at = timezone.now()
    set_up(person, long_ago())
    first, second = Client(), Client()

    sign_in(first, person, PASSWORD)
    first.post("/accounts/sign-in/second/", {"code": code_at(at)})
    sign_in(second, person, PASSWORD)
    answer = second.post("/accounts/sign-in/second/", {"code": code_at(at)})

    assert is_in(first, person)
    assert answer.status_code == 422
    assert not is_in(second, person)


def test_recovery_code_opens_once_and_is_told_of(make):
    person = make()
    codes = set_up(person, long_ago())
    first, second = Client(), Client()
    written = f"{codes[0][:4]} {codes[0][4:8]}-{codes[0][8:]}"

    for client in (first, second):
        sign_in(client, person, PASSWORD)
        client.post("/accounts/sign-in/second/", {"code": written})

    assert is_in(first, person)
    assert not is_in(second, person)
    assert Message.objects.filter(key__startswith="accounts.code_used:").count() == 1
    assert "9" in Message.objects.get(key__startswith="accounts.code_used:").text


def test_second_step_is_forgotten_after_ten_minutes_or_a_new_password(client, make):
    person = make()
    set_up(person, long_ago())
    for spoil in ("time", "password"):
        sign_in(client, person, PASSWORD)
        session = client.session
        if spoil == "time":
            begun = timezone.now() - dt.timedelta(minutes=11)
            session[PENDING] = session[PENDING] | {"at": begun.isoformat()}
            session.save()
        else:
            person.set_password("ще один довгий пароль 8")
            person.save()

        answer = client.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())})

        assert answer.url == reverse("accounts:sign_in")
        assert not is_in(client, person)


def test_key_of_the_session_changes_at_each_proof(client, make):
    person = make()
    set_up(person, long_ago())
    client.get("/accounts/sign-in/")
    session = client.session
    session["x"] = 1
    session.save()
    keys = [session.session_key]

    sign_in(client, person, PASSWORD)
    keys.append(client.session.session_key)
    client.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3


def test_cookies_are_kept_from_scripts_and_other_sites(client, make, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    answer = sign_in(client, make(), PASSWORD)

    for name in (settings.SESSION_COOKIE_NAME, "__Host-known_device"):
        cookie = answer.cookies[name]
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), name


class CountingHasher(MD5PasswordHasher):
    """Counts hashes instead of seconds: a loaded machine makes no difference."""

    algorithm = "counted"
    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


def test_known_and_unknown_address_answer_alike(client, make, settings, django_assert_num_queries):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    person, inactive, without = make(), make(), make()
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    without.set_unusable_password()
    without.save()
    work = []
    for email in (person.email, inactive.email, without.email, "nobody@pobratym.example"):
        client.get("/accounts/sign-in/")
        CountingHasher.count = 0
        with django_assert_num_queries(50, exact=False) as asked:
            answer = client.post("/accounts/sign-in/", {"email": email, "password": "не той пароль"})
        shown = text_of(answer).replace(email, "")
        work.append((answer.status_code, CountingHasher.count, len(asked), re.sub(r'value="[^"]{64}"', "", shown)))

    assert work[0] == work[1] == work[2] == work[3]
    assert work[0][:2] == (422, 1)


def test_guessing_from_elsewhere_never_shuts_the_owner_out(make):
    person = make()
    thief, owner = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.9")

    answers = [sign_in(thief, person, f"guess {number}").status_code for number in range(12)]
    assert answers[:10] == [422] * 10
    assert answers[10:] == [429, 429]
    # Even the right password is not looked at any more from there.
    assert sign_in(thief, person, PASSWORD).status_code == 429

    sign_in(owner, person, PASSWORD)
    assert is_in(owner, person)


def test_known_device_signs_in_from_an_exhausted_network(make):
    person = make()
    office, guest = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.7")
    sign_in(office, person, PASSWORD)
    office.post("/accounts/sign-out/")
    for number in range(11):
        sign_in(guest, person, f"guess {number}")
    assert sign_in(guest, person, PASSWORD).status_code == 429

    sign_in(office, person, PASSWORD)

    assert is_in(office, person)


def test_forged_device_has_no_budget_of_its_own(make):
    person = make()
    thief = Client(REMOTE_ADDR="203.0.113.7")
    statuses = []
    for number in range(12):
        thief.cookies["known_device"] = f"forged-{number}"
        statuses.append(sign_in(thief, person, "guess").status_code)

    assert statuses[-1] == 429


def test_new_device_is_told_of_and_a_known_one_is_not(make):
    person = make()
    phone, stranger = Client(), Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    told = Message.objects.filter(key__startswith="accounts.new_device:")

    sign_in(phone, person, PASSWORD)
    assert not told.exists(), "the first sign-in of all tells nothing"
    phone.post("/accounts/sign-out/")
    sign_in(phone, person, PASSWORD)
    assert not told.exists()
    sign_in(stranger, person, PASSWORD)

    assert "Firefox, Windows" in told.get().text
    assert told.get().to == person.email


def test_inactive_account_gets_no_second_step(client, make):
    person = make()
    set_up(person, long_ago())
    sign_in(client, person, PASSWORD)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())}).url == "/accounts/sign-in/"
    assert not is_in(client, person)


def test_second_step_without_a_first_leads_to_sign_in(client, db):
    assert client.get("/accounts/sign-in/second/").url == "/accounts/sign-in/"


@pytest.mark.parametrize("answer", ["", "{}", "[]", "nonsense", '{"id": "AA", "response": {"userHandle": "AA"}}'])
def test_broken_passkey_answer_is_refused(client, db, answer):
    client.get("/accounts/sign-in/passkey/")

    assert client.post("/accounts/sign-in/passkey/", {"credential": answer}).status_code == 422


def test_owner_learns_once_a_day_that_somebody_has_the_password(make):
    person = make()
    set_up(person, long_ago())
    thief = Client()
    sign_in(thief, person, PASSWORD)
    for _turn in range(3):
        thief.post("/accounts/sign-in/second/", {"code": "000000"})

    told = Message.objects.get(key__startswith="accounts.factor_failed:")
    assert told.to == person.email
    assert "правильний пароль" in told.text

    Message.objects.all().delete()
    owner = Client()
    sign_in(owner, person, PASSWORD)
    owner.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())})
    owner.post("/accounts/sign-out/")
    sign_in(owner, person, PASSWORD)
    owner.post("/accounts/sign-in/second/", {"code": "000000"})
    assert not Message.objects.filter(key__startswith="accounts.factor_failed:").exists(), "a known device slips"


def test_refused_passkey_shows_the_sign_in_page(client, db):
    answer = client.post("/accounts/sign-in/passkey/", {"credential": "{}", "next": "/accounts/me/"})

    shown = text_of(answer)
    assert answer.status_code == 422
    assert "Ключ доступу не прийнято" in shown
    assert answer.context["form"]["next"].value() == "/accounts/me/"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", "curl"),
        ("", "—"),
    ],
)
def test_device_is_told_in_words(agent, device):
    assert device_of(agent) == device


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unix:", "0.0.0.0/0"),
        ("", "0.0.0.0/0"),
    ],
)
def test_of_an_address_only_the_network_is_kept(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


def test_half_configured_provider_is_told_before_it_serves(settings):
    settings.OIDC_ISSUER = "http://id.example"
    settings.HTTPS = True

    assert {problem.id for problem in configuration()} >= {"pobratym.E003", "pobratym.E004"}
