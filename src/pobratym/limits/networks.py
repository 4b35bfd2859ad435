"""From where a request comes: the client's address behind a known number of proxies, and its network.

Only the entries of X-Forwarded-For that our own proxies have written are believed. Each proxy appends the address it
was called from, so the client is the entry that many places from the right; whatever a client writes there itself
stands further left and is never read.
"""

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# A household, an office or a server is given at least 64 bits of IPv6; whoever rents a site has 48.
OWN, SITE = 64, 48


def address_in(text: str) -> Address | None:
    """The address in the text, without a port; an IPv4 address written as IPv6 is the IPv4 one. None if it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client(meta: Mapping[str, Any], hops: int) -> Address | None:
    """The address that the outermost of our `hops` proxies was called from; without one, the connection's."""
    if hops:
        entries = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(entries) >= hops:
            return address_in(entries[-hops])
    return address_in(str(meta.get("REMOTE_ADDR", "")))


def network_of(request: HttpRequest, *, bits: int = OWN) -> str:
    """The network that shares a budget: an IPv4 address, or a prefix of IPv6; one for all whose address is unknown."""
    address = address_in(request.META.get("REMOTE_ADDR", ""))
    if address is None:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, bits), strict=False))


class know_client:  # noqa: N801  # reads as a function in the list of settings
    """Put the client's address into REMOTE_ADDR, so that nothing behind it need know of proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settle who calls, then pass the request on."""
        request.META["REMOTE_ADDR"] = str(client(request.META, settings.PROXY_HOPS) or "")
        return self.get_response(request)
