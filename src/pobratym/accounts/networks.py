"""From where a session was opened, coarsely: a household or an office, not a device."""

import ipaddress

from django.http import HttpRequest

from pobratym.limits.networks import address_in

UNKNOWN = "0.0.0.0/0"
BITS = {4: 24, 6: 48}


def network_of(request: HttpRequest) -> str:
    """The network of the client: 24 bits of an IPv4 address, 48 of an IPv6 address."""
    address = address_in(request.META.get("REMOTE_ADDR", ""))
    if address is None:
        return UNKNOWN
    return str(ipaddress.ip_network((address, BITS[address.version]), strict=False))
