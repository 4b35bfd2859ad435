"""Guessing is slowed where it comes from; nobody is kept out by another's tries."""

import datetime as dt

import pytest
from django.test import RequestFactory

from pobratym.limits import guessing

pytestmark = pytest.mark.django_db

OWNER = "coordinator@hromada.example"


def request(address):
    return RequestFactory().post("/accounts/sign-in/", REMOTE_ADDR=address)


def tries(address, account, at, count, **more):
    return sum(guessing.try_once(request(address), account=account, at=at, **more).allowed for _ in range(count))


def test_ten_thousand_failures_from_other_networks_do_not_keep_the_owner_out(at):
    for number in range(1000):
        assert tries(f"198.51.{number // 250}.{number % 250}", OWNER, at, 10) == 10

    assert tries("192.0.2.1", OWNER, at, 1) == 1


def test_one_network_gets_ten_tries_at_an_account(at):
    assert tries("198.51.100.1", OWNER, at, 10_000 // 100) == guessing.PER_PAIR


def test_guessing_many_accounts_from_one_network_ends_too(at):
    done = sum(tries("198.51.100.1", f"{number}@hromada.example", at, 1) for number in range(300))

    assert done == guessing.PER_NETWORK
    assert tries("198.51.100.2", "1@hromada.example", at, 1) == 1


def test_the_owner_on_a_known_device_enters_even_from_the_attackers_network(at):
    for number in range(300):
        tries("198.51.100.1", f"{number}@hromada.example", at, 1)
    tries("198.51.100.1", OWNER, at, 100)

    assert tries("198.51.100.1", OWNER, at, 1) == 0
    assert tries("198.51.100.1", OWNER, at, 1, device="a-device-of-the-owner") == 1


def test_a_stolen_device_cookie_has_a_budget_too_and_only_for_its_account(at):
    assert tries("198.51.100.1", OWNER, at, 50, device="stolen") == guessing.PER_DEVICE
    assert tries("192.0.2.9", OWNER, at, 1) == 1


def test_an_office_behind_one_address_is_not_exhausted_by_its_own_people(at):
    for person in range(30):
        account = f"{person}@hromada.example"
        assert tries("192.0.2.1", account, at, 3) == 3
        guessing.succeeded(request("192.0.2.1"), account=account, at=at)


def test_a_right_password_gives_the_pairs_tries_back(at):
    tries("192.0.2.1", OWNER, at, 10)
    guessing.succeeded(request("192.0.2.1"), account=OWNER, at=at)

    assert tries("192.0.2.1", OWNER, at, 11) == 10


def test_addresses_of_one_household_share_a_budget_and_a_neighbour_has_another(at):
    assert sum(tries(f"2001:db8:0:1::{number:x}", OWNER, at, 1) for number in range(1, 200)) == guessing.PER_PAIR
    assert tries("2001:db8:0:2::1", OWNER, at, 1) == 1


def test_a_rented_site_of_ipv6_does_not_bring_65536_budgets(at):
    done = sum(tries(f"2001:db8:0:{number:x}::1", OWNER, at, 10) for number in range(150))

    assert done == guessing.PER_SITE
    assert tries("2001:db8:1::1", OWNER, at, 1) == 1


def test_after_the_quarter_of_an_hour_the_budget_is_whole(at):
    tries("198.51.100.1", OWNER, at, 100)

    assert tries("198.51.100.1", OWNER, at + guessing.WINDOW + dt.timedelta(seconds=1), 10) == 10
