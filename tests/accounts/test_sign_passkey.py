"""Passkeys: made and used rightly, and each way in which an answer can be bent."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from pobratym.accounts.models import User
from pobratym.outbox.models import Message
from tests.accounts.conftest import PASSWORD
from tests.accounts.device import Device
from tests.accounts.signing import age_proof, code_at, is_in, long_ago, set_up, sign_in, text_of, verbs

pytestmark = pytest.mark.django_db

PASSKEY = "/accounts/me/factors/passkey/"
ENTER = "/accounts/sign-in/passkey/"
ORIGIN = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _host(settings):
    """A passkey belongs to a host name; a number of a host has none."""
    settings.ADDRESS = ORIGIN


@pytest.fixture
def device() -> Device:
    return Device(ORIGIN)


def make_passkey(person: User, device: Device) -> Client:
    client = Client()
    sign_in(client, person, PASSWORD)
    answer = device.make(client.get(PASSKEY).context["passkey_options"])
    assert client.post(PASSKEY, {"name": "телефон", "credential": answer}).status_code == 200
    return client


def question(client: Client) -> str:
    return client.get(ENTER).content.decode()


def test_passkey_is_made_told_of_and_enters_by_itself(make, device):
    person = make()
    make_passkey(person, device)
    assert verbs(person)[-1] == "factor.added"
    assert "ключ доступу" in Message.objects.get(key__startswith="accounts.factor_added:").text

    client = Client()
    answer = client.post(ENTER, {"credential": device.prove(question(client)), "next": "/accounts/me/"})

    assert answer.url == "/accounts/me/"
    assert is_in(client, person)
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None
    assert verbs(person)[-1] == "session.opened"


def test_passkey_leads_nobody_away(make, device):
    make_passkey(make(), device)
    client = Client()

    answer = client.post(ENTER, {"credential": device.prove(question(client)), "next": "https://evil.example/"})

    assert answer.url == "/desk/"


def test_answer_counts_once(make, device):
    person = make()
    make_passkey(person, device)
    client = Client()
    answer = device.prove(question(client))
    client.post(ENTER, {"credential": answer})
    client.post("/accounts/sign-out/")

    for again in (client, Client()):
        again.get(ENTER)
        assert again.post(ENTER, {"credential": answer}).status_code == 422
        assert not is_in(again, person)


def test_answer_without_a_question_is_refused(make, device):
    make_passkey(make(), device)
    answer = device.prove(question(Client()))

    assert Client().post(ENTER, {"credential": answer}).status_code == 422


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost.evil.example", "http://127.0.0.1:8000", "https://ocalhost"]
)
def test_forged_page_gets_nothing(make, device, origin):
    person = make()
    make_passkey(person, device)
    device.origin = origin
    client = Client()

    assert client.post(ENTER, {"credential": device.prove(question(client))}).status_code == 422
    assert not is_in(client, person)


def test_stolen_device_that_does_not_verify_its_user_opens_nothing(make, device):
    person = make()
    here = make_passkey(person, device)
    device.verifies_user = False
    client = Client()
    assert client.post(ENTER, {"credential": device.prove(question(client))}).status_code == 422
    assert not is_in(client, person)

    # Not even with a question that was asked for another purpose.
    age_proof(here)
    asked = here.get(PASSKEY, follow=True).context["passkey_options"]
    here.post("/accounts/me/prove/", {"proof-credential": device.prove(asked), "next": PASSKEY})
    assert here.get(PASSKEY).status_code == 302


def test_device_that_does_not_verify_its_user_makes_no_passkey(make, device):
    client = Client()
    sign_in(client, make(), PASSWORD)
    device.verifies_user = False

    answer = client.post(PASSKEY, {"credential": device.make(client.get(PASSKEY).context["passkey_options"])})

    assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_passkey_of_another_is_no_second_step(make, device):
    owner, victim = make(), make()
    make_passkey(owner, device)
    set_up(victim, long_ago())
    make_passkey_of_victim = Device(ORIGIN)
    client = Client()
    sign_in(client, victim, PASSWORD)
    client.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())})
    client.post(PASSKEY, {"credential": make_passkey_of_victim.make(client.get(PASSKEY).context["passkey_options"])})
    thief = Client()
    sign_in(thief, victim, PASSWORD)
    asked = thief.get("/accounts/sign-in/second/").context["passkey_options"]

    answer = thief.post("/accounts/sign-in/second/", {"credential": device.prove(asked)})

    assert answer.status_code == 422
    assert "Ключ доступу не прийнято" in text_of(answer)
    assert not is_in(thief, victim)
    assert verbs(victim)[-1] == "factor.failed"


def test_passkey_is_the_second_step_and_the_fresh_proof(make, device):
    person = make()
    make_passkey(person, device)
    client = Client()
    answer = sign_in(client, person, PASSWORD)
    asked = client.get(answer.url).context["passkey_options"]
    client.post(answer.url, {"credential": device.prove(asked)})
    assert is_in(client, person)

    age_proof(client)
    asked = client.post("/accounts/me/factors/codes/").context["passkey_options"]
    answer = client.post("/accounts/me/factors/codes/", {"proof-credential": device.prove(asked)})

    assert len(answer.context["codes"]) == 10


def test_signed_in_by_a_passkey_of_an_inactive_account_nobody_is(make, device):
    person = make()
    make_passkey(person, device)
    User.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()

    assert client.post(ENTER, {"credential": device.prove(question(client))}).url == "/accounts/sign-in/"
    assert not is_in(client, person)


def test_removed_passkey_enters_no_more(make, device):
    person = make()
    here = make_passkey(person, device)
    here.post(f"/accounts/me/factors/{Authenticator.objects.get(type='webauthn').pk}/remove/")
    client = Client()

    assert client.post(ENTER, {"credential": device.prove(question(client))}).status_code == 422
    assert not Authenticator.objects.exists(), "with the last factor the recovery codes go too"
