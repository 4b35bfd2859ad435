"""Views keep their rates: a page, a part or a problem says when it works again, and each has a budget of its own."""

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from django.urls import resolve

from pobratym.accounts.models import User
from pobratym.accounts.operations import make_person
from pobratym.limits import rates
from pobratym.limits.models import Meter
from pobratym.limits.refusals import TooOften
from tests.limits.walk import addresses

pytestmark = pytest.mark.django_db

HERE, THERE = "198.51.100.1", "198.51.100.2"


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Budgets of two, so that the third is too many."""
    for name, rate in rates.RATES.items():
        monkeypatch.setitem(rates.RATES, name, dataclasses.replace(rate, limit=2, window=dt.timedelta(minutes=10)))


def statuses(client, address, *, remote=HERE, count=3, method="get", **options):
    return [getattr(client, method)(address, REMOTE_ADDR=remote, **options).status_code for _ in range(count)]


@pytest.mark.parametrize(
    ("address", "rate"),
    [
        ("/search/", "search"),
        ("/places/find/suggest/", "typeahead"),
        ("/agreements/1/docx/", "export"),
        ("/accounts/sign-in/", "sign_in"),
        ("/accounts/invitation/x/", "token"),
        ("/partnerships/answer/x/", "token"),
        ("/accounts/people/invite/", "propose"),
        ("/partnerships/propose/", "propose"),
        ("/partnerships/1/invite/", "propose"),
        ("/partnerships/parties/1/link/", "propose"),
    ],
)
def test_what_costs_or_guesses_has_a_rate_of_its_own(address, rate):
    assert resolve(address).func.rate == rate


def test_every_rate_that_a_view_names_is_in_the_table():
    named = {view.rate for _address, view in addresses() if hasattr(view, "rate")}

    assert {"search", "token", "propose"} <= named <= set(rates.RATES)


def test_the_page_of_too_often_says_when_it_works_again(client):
    statuses(client, "/search/?q=a", count=2)

    answer = client.get("/search/?q=a", REMOTE_ADDR=HERE)

    assert answer.status_code == 429
    assert 290 <= int(answer.headers["Retry-After"]) <= 300
    assert "Зачекайте 5 хвилин" in answer.content.decode()
    assert "Занадто часто" in answer.content.decode()


def test_it_is_said_in_english_under_en(client):
    statuses(client, "/en/search/?q=a", count=2)

    assert "Wait 5 minutes" in client.get("/en/search/?q=a", REMOTE_ADDR=HERE).content.decode()


def test_htmx_gets_a_sentence_for_the_top_of_the_page(client):
    statuses(client, "/search/?q=a", count=2)

    answer = client.get("/search/?q=a", REMOTE_ADDR=HERE, headers={"hx-request": "true"})

    assert answer.status_code == 429
    assert answer.headers["HX-Retarget"] == "#said"
    assert answer.content.decode().startswith('<p class="message warning">')
    assert 'id="said" role="status"' in client.get("/").content.decode()


def test_the_api_says_it_as_a_problem(client):
    statuses(client, "/api/v1/partnerships", count=2)

    answer = client.get("/api/v1/partnerships", REMOTE_ADDR=HERE)

    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert "Wait 5 minutes" in answer.json()["detail"]


def test_a_neighbour_has_a_budget_of_its_own(client):
    assert statuses(client, "/search/?q=a") == [200, 200, 429]
    assert statuses(client, "/search/?q=a", remote=THERE) == [200, 200, 429]


def test_a_person_has_a_budget_wherever_they_are(client, at):
    person = make_person(email="a@hromada.example", name="Калуш, координація", by=None, at=at)
    client.force_login(User.objects.get(pk=person.pk))
    statuses(Client(), "/search/?q=a")

    assert statuses(client, "/search/?q=a", count=2) == [200, 200]
    assert statuses(client, "/search/?q=a", remote=THERE, count=1) == [429]


def test_looking_at_a_form_is_not_counted(client):
    assert statuses(client, "/accounts/sign-in/", count=5) == [200] * 5
    assert Meter.objects.count() == 0


def test_every_form_is_counted_even_if_its_view_names_no_rate(client):
    assert not hasattr(resolve("/gallery/").func, "rate")
    assert statuses(client, "/gallery/", method="post") == [422, 422, 429]


def test_reading_pages_writes_nothing(client):
    for address in ("/", "/news/", "/partnerships/", "/places/"):
        client.get(address)

    assert Meter.objects.count() == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "Зачекайте 1 секунду"),
        (3, "Зачекайте 3 секунди"),
        (89, "Зачекайте 89 секунд"),
        (90, "Зачекайте 2 хвилини"),
        (3600, "Зачекайте 60 хвилин"),
    ],
)
def test_the_sentence_counts_in_ukrainian(seconds, said):
    assert said in str(TooOften(seconds))
