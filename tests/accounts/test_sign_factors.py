"""Second factors: compulsory where the role asks for one, set up, removed, told of, and never readable at rest."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.models import Membership
from pobratym.accounts.sealing import unseal
from pobratym.accounts.views.factors import SHOWN
from pobratym.outbox.models import Message
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing import SECRET, age_proof, code_at, is_in, long_ago, set_up, sign_in, text_of, verbs

pytestmark = pytest.mark.django_db

FACTORS = "/accounts/me/factors/"


@pytest.fixture(autouse=True)
def _roles_need_factors(settings):
    settings.FACTOR_ROLES = frozenset({"signatory", "moderator"})


@pytest.fixture
def enter(client):
    def enter(person):
        client.force_login(person, backend="pobratym.accounts.backends.People")
        return client

    return enter


# Who must have a second factor before anything else opens.
COMPULSORY = {
    "nobody's role": ((), False),
    "reader": (("reader",), False),
    "editor of the platform": (("editor",), False),
    "coordinator": (("coordinator", "kalush"), False),
    "signatory": (("signatory", "kalush"), True),
    "moderator": (("moderator",), True),
}


@pytest.mark.parametrize(("roles", "needs"), COMPULSORY.values(), ids=COMPULSORY)
@pytest.mark.parametrize(
    "address", ["/", "/accounts/me/", "/accounts/people/", "/desk/", "/news/", "/en/partnerships/", "/api/v1/docs"]
)
def test_role_that_signs_or_moderates_is_led_to_the_set_up(enter, make, kalush, roles, needs, address):
    role = [("signatory" if roles[0] == "signatory" else roles[0], kalush)] if len(roles) == 2 else list(roles)
    answer = enter(make(*role)).get(address)

    assert (answer.status_code == 302 and answer.url.endswith("/me/factors/")) is needs


def test_direct_post_of_a_moderator_without_a_factor_changes_nothing(enter, make, kalush):
    membership = make(("reader", kalush)).memberships.get()
    client = enter(make("moderator"))

    answer = client.post(f"/accounts/people/{membership.pk}/end/")

    assert answer.url == FACTORS
    assert Membership.objects.get(pk=membership.pk).holds_to is None


@pytest.mark.parametrize("address", [FACTORS, f"{FACTORS}app/", f"{FACTORS}passkey/"])
def test_set_up_stays_open_and_so_does_the_way_out(enter, make, address):
    client = enter(make("moderator"))

    assert client.get(address).status_code == 200
    assert "Ваша роль підписує або модерує" in text_of(client.get(FACTORS))
    assert client.post("/accounts/sign-out/").url == "/"


def test_right_works_as_soon_as_the_factor_is_set_up(enter, make, kalush):
    membership = make(("reader", kalush)).memberships.get()
    moderator = make("moderator")
    client = enter(moderator)
    client.get(f"{FACTORS}app/")
    secret = unseal(client.session[SHOWN])

    answer = client.post(f"{FACTORS}app/", {"code": code_at(timezone.now(), secret)})

    codes = answer.context["codes"]
    assert (answer.status_code, len(codes)) == (200, 10)
    assert all(code in text_of(answer) for code in codes)
    assert client.post(f"/accounts/people/{membership.pk}/end/").status_code == 302
    assert Membership.objects.get(pk=membership.pk).holds_to is not None
    assert verbs(moderator)[-1] == "factor.added"
    assert Message.objects.get(key__startswith="accounts.factor_added:").to == moderator.email


def test_ended_role_asks_for_nothing(enter, make, at):
    person = make("moderator")
    operations.end_membership(membership=person.memberships.get(), by=None, at=timezone.now())

    assert enter(person).get("/accounts/me/").status_code == 200


def test_role_of_a_demonstration_needs_none_and_changes_nothing(enter, settings, at):
    settings.DEMONSTRATION = True
    operations.mark_database(at=at)
    role = operations.make_demonstration_account(key="moderator", name="Модерація", email="m@b.example", at=at)
    operations.give_role(person=role, role="moderator", by=None, at=at)
    client = enter(role)

    assert client.get("/accounts/people/").status_code == 200
    assert client.get("/accounts/me/").status_code == 200
    for page in (
        FACTORS,
        f"{FACTORS}app/",
        "/accounts/me/password/",
        "/accounts/me/address/",
        "/accounts/me/sessions/",
    ):
        assert client.get(page).status_code == 403, page


def test_codes_are_shown_once(enter, make):
    person = make()
    client = enter(person)
    client.get(f"{FACTORS}app/")
    codes = client.post(f"{FACTORS}app/", {"code": code_at(timezone.now(), unseal(client.session[SHOWN]))}).context[
        "codes"
    ]

    shown = text_of(client.get(FACTORS))

    assert "10 кодів" in shown
    assert not any(code in shown for code in codes)


def test_new_codes_replace_the_old_ones(enter, make):
    person = make()
    old = set_up(person, long_ago())
    client = enter(person)

    answer = client.post(f"{FACTORS}codes/")
    new = [code.replace(" ", "") for code in answer.context["codes"]]

    assert len(set(new) | set(old)) == 20
    at = timezone.now()
    assert operations.prove_by_code(person=person, code=old[0], recovery=True, language="uk", at=at) == ""
    assert operations.prove_by_code(person=person, code=new[0], recovery=True, language="uk", at=at) == "recovery"
    assert operations.prove_by_code(person=person, code=new[0], recovery=True, language="uk", at=at) == ""


def test_no_codes_without_a_factor(enter, make):
    assert enter(make()).post(f"{FACTORS}codes/").status_code == 409


def test_nothing_of_a_factor_can_be_read_in_the_database(make):
    person = make()
    codes = set_up(person, long_ago())
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in stored
    assert not any(code in stored for code in codes)


def test_secret_waiting_for_its_first_code_is_sealed_too(enter, make):
    client = enter(make())
    client.get(f"{FACTORS}app/")

    assert unseal(client.session[SHOWN]) not in str(dict(client.session))


def test_wrong_first_code_sets_nothing_up(enter, make):
    person = make()
    client = enter(person)

    answer = client.post(f"{FACTORS}app/", {"code": "000000"})

    assert answer.status_code == 422
    assert "Це не той код" in text_of(answer)
    assert not Authenticator.objects.exists()
    assert "factor.added" not in verbs(person)


def test_second_app_is_refused(enter, make):
    person = make()
    set_up(person, long_ago())
    client = enter(person)
    client.get(f"{FACTORS}app/")

    answer = client.post(f"{FACTORS}app/", {"code": code_at(timezone.now(), unseal(client.session[SHOWN]))})

    assert answer.status_code == 409


@pytest.mark.parametrize(("roles", "status"), [(("moderator",), 409), ((), 302)])
def test_last_factor_is_removed_only_where_no_role_needs_it(enter, make, roles, status):
    person = make(*roles)
    set_up(person, long_ago())
    factor = Authenticator.objects.get(type="totp")
    client = enter(person)
    assert client.get(f"{FACTORS}{factor.pk}/remove/").status_code == 200

    assert client.post(f"{FACTORS}{factor.pk}/remove/").status_code == status

    assert Authenticator.objects.exists() is (status == 409)
    assert (verbs(person)[-1] == "factor.removed") is (status == 302)
    assert Message.objects.filter(key__startswith="accounts.factor_removed:").exists() is (status == 302)


def test_factor_of_another_is_not_found(enter, make):
    other = make()
    set_up(other, long_ago())

    assert enter(make()).post(f"{FACTORS}{Authenticator.objects.first().pk}/remove/").status_code == 404


def test_first_factor_ends_sessions_opened_without_it(make):
    person = make()
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, person, PASSWORD)
    here.get(f"{FACTORS}app/")

    here.post(f"{FACTORS}app/", {"code": code_at(timezone.now(), unseal(here.session[SHOWN]))})

    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302


def test_changing_factors_asks_for_a_fresh_proof(enter, make):
    person = make()
    set_up(person, long_ago())
    factor = Authenticator.objects.get(type="totp")
    client = enter(person)
    age_proof(client)

    for address in (f"{FACTORS}app/", f"{FACTORS}passkey/", f"{FACTORS}{factor.pk}/remove/"):
        assert client.get(address).url.startswith("/accounts/me/prove/"), address
    for address in (f"{FACTORS}codes/", f"{FACTORS}{factor.pk}/remove/"):
        assert "Це ви?" in text_of(client.post(address)), address
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_operator_helps_who_lost_every_factor(make, capsys):
    person = make()
    set_up(person, long_ago())
    client = Client()
    sign_in(client, person, PASSWORD)
    client.post("/accounts/sign-in/second/", {"code": code_at(timezone.now())})
    assert is_in(client, person)

    call_command("reset_factors", person.email)

    assert not Authenticator.objects.exists()
    assert client.get("/accounts/me/").status_code == 302
    assert verbs(person)[-2:] == ["session.ended", "factor.reset"]
    assert "вилучили всі другі фактори" in Message.objects.get(key__startswith="accounts.factors_reset:").text
    with pytest.raises(CommandError):
        call_command("reset_factors", person.email)
    with pytest.raises(CommandError):
        call_command("reset_factors", "nobody@pobratym.example")


def test_broken_passkey_is_not_kept(enter, make):
    client = enter(make())
    client.get(f"{FACTORS}passkey/")

    for answer in ("", "{}", "[1]", "nonsense", '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}'):
        assert client.post(f"{FACTORS}passkey/", {"name": "телефон", "credential": answer}).status_code == 422

    assert not Authenticator.objects.exists()
