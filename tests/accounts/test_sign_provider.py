"""Signing in through an identity provider: only to an account of one's own, and nothing false is believed."""

import time

import pytest
from django.test import Client
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import Identity, User
from pobratym.outbox.models import Message
from tests.accounts import provider as providers
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import age_proof, code_at, is_in, long_ago, set_up, sign_in, text_of, verbs

pytestmark = pytest.mark.django_db

BACK = "/accounts/sign-in/provider/back/"


@pytest.fixture
def provider(settings):
    with providers.running() as running:
        settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, "Держава"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = providers.CLIENT, providers.SECRET
        yield running


def go_there(client: Client, **sent: str) -> str:
    answer = client.post("/accounts/sign-in/provider/", sent)
    assert answer.status_code == 200, text_of(answer)
    return answer.context["address"]


def come_back(client: Client, provider, **sent: str):
    return client.get(BACK, provider.authorise(go_there(client, **sent)))


def test_button_is_there_only_with_a_provider(client, db, settings):
    assert "Увійти через" not in text_of(client.get("/accounts/sign-in/"))
    assert client.post("/accounts/sign-in/provider/").status_code == 404
    assert client.get(BACK).status_code == 404

    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://id.example", "Держава"
    assert "Увійти через «Держава»" in text_of(client.get("/accounts/sign-in/"))


def test_verified_address_enters_its_account_and_connects_it(client, make, provider):
    person = make()
    provider.claims["email"] = person.email.upper()

    answer = come_back(client, provider, next="/accounts/me/")

    assert answer.url == "/accounts/me/"
    assert is_in(client, person)
    assert list(Identity.objects.values_list("person", "issuer", "subject")) == [
        (person.pk, provider.issuer, "person-1")
    ]
    assert verbs(person)[-2:] == ["identity.linked", "session.opened"]
    assert Message.objects.get(key__startswith="accounts.identity_linked:").to == person.email


def test_connected_identity_enters_whatever_its_address_is_now(client, make, provider):
    person, other = make(), make()
    operations.link_identity(
        person=person, issuer=provider.issuer, subject="person-1", provider="", language="uk", by=person,
        at=timezone.now(),
    )  # fmt: skip
    provider.claims["email"] = other.email

    come_back(client, provider)

    assert is_in(client, person)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_address_that_the_provider_has_not_verified_enters_nothing(client, make, provider, verified):
    person = make()
    provider.claims |= {"email": person.email, "email_verified": verified}

    answer = come_back(client, provider)

    assert answer.status_code == 403
    assert "Жоден обліковий запис тут не належить цій особі" in text_of(answer)
    assert not is_in(client, person)
    assert not Identity.objects.exists()


def test_nobody_is_made_by_a_provider(client, make, provider):
    make()
    before = User.objects.count()

    assert come_back(client, provider).status_code == 403
    assert User.objects.count() == before


def test_inactive_account_is_not_entered(client, make, provider):
    person = make()
    operations.link_identity(
        person=person, issuer=provider.issuer, subject="person-1", provider="", language="uk", by=person,
        at=timezone.now(),
    )  # fmt: skip
    User.objects.filter(pk=person.pk).update(is_active=False)

    come_back(client, provider)

    assert not is_in(client, person)


def test_second_factor_is_still_asked_for(client, make, provider):
    person = make()
    set_up(person, long_ago())
    provider.claims["email"] = person.email

    answer = come_back(client, provider)

    assert answer.url == "/accounts/sign-in/second/"
    assert not is_in(client, person)
    client.post(answer.url, {"code": code_at(timezone.now())})
    assert is_in(client, person)


def test_role_without_a_factor_is_led_to_the_set_up(client, make, provider, settings):
    settings.FACTOR_ROLES = frozenset({"moderator"})
    person = make("moderator")
    provider.claims["email"] = person.email

    come_back(client, provider)

    assert client.get("/desk/").url == "/accounts/me/factors/"


NOW = int(time.time())
LIES = {
    "another issuer in the description": {"description": {"issuer": "https://id.evil.example"}},
    "another issuer in the token": {"token": {"iss": "https://id.evil.example"}},
    "token for another client": {"token": {"aud": "somebody-else"}},
    "token for several, made for another": {"token": {"aud": ["pobratym", "other"], "azp": "other"}},
    "wrong nonce": {"token": {"nonce": "another"}},
    "no nonce": {"token": {"nonce": None}},
    "no subject": {"token": {"sub": None}},
    "expired": {"token": {"exp": NOW - 3600, "iat": NOW - 7200}},
    "from the future": {"token": {"iat": NOW + 7200, "nbf": NOW + 7200, "exp": NOW + 9000}},
    "signed by the shared secret": {"key": providers.SECRET, "algorithm": "HS256"},
    "not signed": {"key": None, "algorithm": "none"},
    "server error": {"status": 500},
    "redirect elsewhere": {"status": 302, "location": "http://127.0.0.1:9/"},
    "endless answer": {"padding": 300_000},
    "address without a host": {"description": {"token_endpoint": "file:///etc/passwd"}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_lying_provider_signs_nobody_in(client, make, provider, lie):
    person = make()
    provider.claims["email"] = person.email
    brought = provider.authorise(go_there(client))
    provider.lies = lie

    answer = client.get(BACK, brought)

    assert answer.status_code == 403
    assert "Постачальник ідентифікації не підтвердив" in text_of(answer)
    assert not is_in(client, person)
    assert not Identity.objects.exists()


def test_signature_by_another_key_signs_nobody_in(client, make, provider):
    person = make()
    provider.claims["email"] = person.email
    brought = provider.authorise(go_there(client))
    provider.lies = {"key": provider.other_key}

    assert client.get(BACK, brought).status_code == 403
    assert not is_in(client, person)


def test_userinfo_about_somebody_else_is_not_believed(client, make, provider):
    person = make()
    provider.claims = {"sub": "person-1"}
    provider.lies = {"userinfo": {"sub": "person-2", "email": person.email, "email_verified": True}}
    assert come_back(client, provider).status_code == 403

    provider.lies = {"userinfo": {"sub": "person-1", "email": person.email, "email_verified": True}}
    come_back(client, provider)
    assert is_in(client, person)


def test_state_counts_once_and_only_in_its_own_browser(client, make, provider):
    person = make()
    provider.claims["email"] = person.email
    brought = provider.authorise(go_there(client))
    stranger = Client()
    stranger.post("/accounts/sign-in/provider/")

    assert stranger.get(BACK, brought).status_code == 403, "another browser"
    assert client.get(BACK, brought | {"state": "another"}).status_code == 403
    assert client.get(BACK, brought).status_code == 403, "a wrong state uses the question up"
    assert not is_in(client, person)

    brought = provider.authorise(go_there(client))
    client.get(BACK, brought)
    assert is_in(client, person)
    client.post("/accounts/sign-out/")
    assert client.get(BACK, brought).status_code == 403, "replayed"
    assert not is_in(client, person)


def test_answer_of_another_provider_is_not_mixed_up(client, make, provider):
    person = make()
    provider.claims["email"] = person.email
    brought = provider.authorise(go_there(client))

    assert client.get(BACK, brought | {"iss": "https://id.evil.example"}).status_code == 403
    assert not is_in(client, person)


def test_silent_provider_is_not_waited_for(client, db, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"

    assert client.post("/accounts/sign-in/provider/").status_code == 403


def test_account_is_connected_by_its_owner_after_a_fresh_proof(client, make, provider):
    person = make()
    sign_in(client, person, PASSWORD)
    age_proof(client)
    provider.claims["email"] = "private@elsewhere.example"

    asked = client.post("/accounts/sign-in/provider/", {"connect": "yes"})
    assert "Це ви?" in text_of(asked)
    answer = client.post("/accounts/sign-in/provider/", {"connect": "yes", "proof-password": PASSWORD})
    assert client.get(BACK, provider.authorise(answer.context["address"])).url == "/accounts/me/"

    assert Identity.objects.get().person == person
    assert "Від’єднати" in text_of(client.get("/accounts/me/"))
    assert client.post("/accounts/me/provider/disconnect/").status_code == 302
    assert not Identity.objects.exists()
    assert verbs(person)[-1] == "identity.unlinked"


def test_identity_of_another_is_not_taken_over(client, make, provider):
    owner, other = make(), make()
    operations.link_identity(
        person=owner, issuer=provider.issuer, subject="person-1", provider="", language="uk", by=owner,
        at=timezone.now(),
    )  # fmt: skip
    sign_in(client, other, PASSWORD)

    assert come_back(client, provider, connect="yes").status_code == 409
    assert Identity.objects.get().person == owner


def test_connection_begun_by_one_is_not_finished_by_another(client, make, provider):
    person, other = make(), make()
    sign_in(client, person, PASSWORD)
    brought = provider.authorise(go_there(client, connect="yes"))
    kept = client.session["asked_provider"]
    sign_in(client, other, PASSWORD)
    session = client.session
    session["asked_provider"] = kept
    session.save()

    assert client.get(BACK, brought).status_code == 403
    assert not Identity.objects.exists()
