"""Who calls: our own proxies are believed, what a client writes itself is not."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from pobratym.limits import networks

PROXY = "10.0.0.2"


def seen(settings, hops, forwarded=None, remote=PROXY):
    """The REMOTE_ADDR that the views behind see."""
    settings.PROXY_HOPS = hops
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **headers)
    networks.know_client(lambda _request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"]


@pytest.mark.parametrize("forged", ["127.0.0.1", "192.0.2.1", "192.0.2.1, 127.0.0.1", "nonsense", "", ",,,,"])
def test_without_a_proxy_the_header_says_nothing(settings, forged):
    assert seen(settings, 0, forged, remote="203.0.113.9") == "203.0.113.9"


@pytest.mark.parametrize("forged", ["", "127.0.0.1, ", "192.0.2.1, ", "192.0.2.1, 10.0.0.2, ", "nonsense, "])
def test_behind_one_proxy_only_its_own_entry_counts(settings, forged):
    assert seen(settings, 1, f"{forged}203.0.113.9") == "203.0.113.9"


def test_behind_two_proxies_the_outer_ones_entry_counts(settings):
    assert seen(settings, 2, "192.0.2.1, 203.0.113.9, 10.0.0.7") == "203.0.113.9"


@pytest.mark.parametrize("forwarded", [None, "203.0.113.9"])
def test_a_request_past_the_proxies_is_counted_where_it_comes_from(settings, forwarded):
    assert seen(settings, 2, forwarded, remote="198.51.100.4") == "198.51.100.4"


def test_an_entry_that_is_no_address_has_the_budget_of_the_unknown(settings):
    assert seen(settings, 1, "unknown") == ""
    assert networks.network_of(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"


@pytest.mark.parametrize(
    ("written", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:51234", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("999.1.1.1", "unknown"),
        ("", "unknown"),
    ],
)
def test_network(written, network):
    assert networks.network_of(RequestFactory().get("/", REMOTE_ADDR=written)) == network


def test_a_site_is_wider_than_a_household():
    request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2::9")

    assert networks.network_of(request, bits=networks.SITE) == "2001:db8:1::/48"
