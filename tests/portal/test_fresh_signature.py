"""A signature and a wish to show ask for a fresh proof; in the demonstration one button gives it."""

import pytest
from django.test import Client

from pobratym.accounts.models import SecondPerson, User
from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import story
from tests.accounts.signing import age_proof
from tests.portal.conftest import NOW


@pytest.fixture
def signer(demonstration) -> Client:
    story.build(Stage.INTENT, at=NOW)
    return aged("zaporizhzhia-signs")


def aged(key: str) -> Client:
    """A role whose last proof is six minutes old."""
    client = Client()
    client.force_login(User.objects.get(demonstration_role=key), backend="pobratym.accounts.backends.People")
    age_proof(client)
    return client


def test_signature_waits_for_a_fresh_proof_and_keeps_what_was_entered(signer):
    address = f"/partnerships/{story.current().pk}/sign/"
    holder = story.current().parties.get(body__unit="UA23060070000082704").body.office_holders.get()
    entered = {"office_holder": str(holder.pk), "signed_on": "2024-02-20"}
    assert signer.get(address).status_code == 200, "reading asks for nothing"

    asked = signer.post(address, entered)

    assert asked.status_code == 200
    assert dict(asked.context["carried"]) == entered
    assert story.current().stage == Stage.INTENT

    assert signer.post(address, entered | {"proof-demonstration": "yes"}).status_code == 302
    assert story.current().stage == Stage.MEMORANDUM


def test_wish_to_show_waits_for_a_fresh_proof(demonstration):
    story.build(Stage.CONTACT, at=NOW)
    client = aged("kalush")
    address = f"/partnerships/{story.current().pk}/show/"

    assert client.post(address).status_code == 200
    assert not SecondPerson.objects.filter(answered_at=None).exists()

    assert client.post(address, {"proof-demonstration": "yes"}).status_code == 302
    assert SecondPerson.objects.filter(answered_at=None).exists()
