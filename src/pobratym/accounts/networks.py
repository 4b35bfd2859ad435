"""From where a request comes, coarsely: a household or an office, not a device."""

import ipaddress

from django.http import HttpRequest

UNKNOWN = "0.0.0.0/0"


def network_of(request: HttpRequest) -> str:
    """The network of the client: 24 bits of an IPv4 address, 48 of an IPv6 address."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))
