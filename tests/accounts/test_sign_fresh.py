"""A fresh proof: asked for when the last one is old, the form carried through it, each wrong answer refused."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import DatabaseMark, SecondPerson, User
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import age_proof, code_at, long_ago, set_up, sign_in, text_of, verbs
from tests.accounts.test_pages import wish_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def wish(make, kalush, at) -> SecondPerson:
    return wish_about(kalush, make(("coordinator", kalush)), at)


@pytest.fixture
def signatory(make, kalush) -> User:
    return make(("signatory", kalush))


def confirm(client: Client, wish: SecondPerson, **proof: str):
    sent = {"answer": "confirm"} | {f"proof-{name}": value for name, value in proof.items()}
    return client.post(f"/accounts/second-person/{wish.pk}/", sent)


def is_agreed(wish: SecondPerson) -> bool:
    wish.refresh_from_db()
    return wish.agreed is True


def test_young_proof_is_not_asked_for_again(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)

    assert confirm(client, wish).status_code == 302
    assert is_agreed(wish)


def test_old_proof_is_asked_for_and_the_form_goes_on(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)

    asked = confirm(client, wish)

    assert asked.status_code == 200
    assert asked.context["carried"] == [("answer", "confirm")]
    assert "no-store" in asked["Cache-Control"]
    assert not is_agreed(wish)

    assert confirm(client, wish, password=PASSWORD).status_code == 302
    assert is_agreed(wish)


def test_proof_then_holds_for_five_minutes(client, signatory, wish, kalush, at):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)
    confirm(client, wish, password=PASSWORD)
    another = wish_about(kalush, wish.asked_by, at)

    assert confirm(client, another).status_code == 302
    assert is_agreed(another)


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper()])
def test_wrong_password_proves_nothing(client, signatory, wish, password):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)

    answer = confirm(client, wish, password=password)

    assert answer.status_code == 422
    assert answer.context["carried"] == [("answer", "confirm")]
    assert not is_agreed(wish)


def test_who_has_a_factor_proves_by_it_and_not_by_the_password(client, signatory, wish):
    codes = set_up(signatory, long_ago())
    sign_in(client, signatory, PASSWORD)
    client.post("/accounts/sign-in/second/", {"code": codes[0]})
    age_proof(client)

    assert "proof-password" not in text_of(confirm(client, wish))
    confirm(client, wish, password=PASSWORD)
    assert not is_agreed(wish)
    assert confirm(client, wish, code=codes[1]).status_code == 422, "recovery codes are for signing in"
    assert confirm(client, wish, code="000000").status_code == 422
    assert not is_agreed(wish)
    assert verbs(signatory).count("factor.failed") == 2

    assert confirm(client, wish, code=code_at(timezone.now())).status_code == 302
    assert is_agreed(wish)


def test_refusing_waits_for_no_proof(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)

    client.post(f"/accounts/second-person/{wish.pk}/", {"answer": "refuse"})

    wish.refresh_from_db()
    assert wish.agreed is False


def test_page_is_led_through_the_question_and_back(client, make):
    person = make()
    sign_in(client, person, PASSWORD)
    age_proof(client)

    led = client.get("/accounts/me/address/")
    assert led.url == "/accounts/me/prove/?next=%2Faccounts%2Fme%2Faddress%2F"
    assert client.get(led.url).status_code == 200
    answer = client.post("/accounts/me/prove/", {"proof-password": PASSWORD, "next": "/accounts/me/address/"})

    assert answer.url == "/accounts/me/address/"
    assert client.get("/accounts/me/address/").status_code == 200


def test_question_leads_nobody_away(client, make):
    sign_in(client, make(), PASSWORD)
    age_proof(client)

    answer = client.post("/accounts/me/prove/", {"proof-password": PASSWORD, "next": "https://evil.example/"})

    assert answer.url == "/accounts/me/"


def test_guessing_at_the_question_is_slowed_down(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)

    statuses = [confirm(client, wish, password=f"guess {number}").status_code for number in range(12)]

    assert statuses[:10] == [422] * 10
    assert statuses[10:] == [429, 429]


def test_proof_given_is_not_kept_in_the_session(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)
    confirm(client, wish)
    confirm(client, wish, password=PASSWORD)

    assert all(PASSWORD not in str(session.get_decoded()) for session in Session.objects.all())


def test_role_of_the_demonstration_is_asked_by_one_button(client, settings, wish, kalush, at):
    settings.DEMONSTRATION = True
    DatabaseMark.objects.create(pk=1, purpose="demonstration", marked_at=at)
    role = operations.make_demonstration_account(key="signs", name="Підписує", email="s@b.example", at=at)
    operations.give_role(person=role, role="signatory", body=kalush, by=None, at=at)
    client.force_login(role, backend="pobratym.accounts.backends.People")
    age_proof(client)

    assert "Продовжити в демонстрації" in text_of(confirm(client, wish))
    assert not is_agreed(wish)
    assert confirm(client, wish, demonstration="yes").status_code == 302
    assert is_agreed(wish)


def test_button_of_the_demonstration_proves_nothing_for_a_person(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)

    assert confirm(client, wish, demonstration="yes").status_code == 200
    assert not is_agreed(wish)


def test_account_without_password_and_factor_is_told_what_to_do(client, make, signatory, wish):
    signatory.set_unusable_password()
    signatory.save()
    client.force_login(signatory, backend="pobratym.accounts.backends.People")
    age_proof(client)

    answer = confirm(client, wish)

    assert answer.status_code == 403
    assert "Задайте пароль через сторінку входу" in text_of(answer)


def test_session_without_a_mark_is_never_young(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    session = client.session
    del session["proved_at"]
    session.save()

    assert confirm(client, wish).status_code == 200
    assert not is_agreed(wish)


def test_form_sent_by_htmx_is_led_as_a_whole_page(client, signatory, wish):
    sign_in(client, signatory, PASSWORD)
    age_proof(client)
    came = {"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/second-person/"}

    answer = client.post(f"/accounts/second-person/{wish.pk}/", {"answer": "confirm"}, headers=came)

    assert answer["HX-Redirect"] == "/accounts/me/prove/?next=%2Faccounts%2Fsecond-person%2F"
    assert not is_agreed(wish)
