"""Requests to addresses that somebody else has given: only to public ones, checked where the connection is made.

The name is resolved once, every address behind it is checked, and the connection goes to the checked address itself;
a second answer of the name server ("DNS rebinding") has no say. Each redirect is a new address and is checked as one.
Proxies of the environment are not asked: they would resolve the name again, elsewhere.

The blocks are IANA's special-purpose registries for IPv4 and IPv6, as of 2026, and addresses at which clouds tell
secrets to their machines. Of IPv6 only 2000::/3 is given out; whatever carries an IPv4 address inside is refused whole.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from pobratym.limits.networks import Address
from pobratym.vocabulary.refusals import Refusal

PORTS = {"http": 80, "https": 443}
CLOSED_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # the inner side of a cloud, under a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
OPEN_6 = ipaddress.IPv6Network("2000::/3")
CLOSED_6 = tuple(
    ipaddress.IPv6Network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


class NotPublic(Refusal):
    """The address does not lead to a public page."""

    def __init__(self) -> None:
        super().__init__(_("This address does not lead to a public page. Give one that begins with https://."))


class NoAnswer(Refusal):
    """The address is public, but nothing usable came from it."""

    def __init__(self) -> None:
        super().__init__(_("The site did not answer as expected. Check the address, or try again later."))


@dataclass(frozen=True)
class Answer:
    """What came, and from which address after redirects."""

    address: str
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True)
class Target:
    """An address taken apart."""

    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """Only the usual ones."""
        return PORTS[self.scheme]


def is_public(address: Address) -> bool:
    """Whether the address belongs to the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in block for block in CLOSED_4)
    return address in OPEN_6 and not any(address in block for block in CLOSED_6)


def target_of(address: str) -> Target:
    """Take an address apart; refuses other schemes, names of users, and ports."""
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:  # also UnicodeError
        raise NotPublic from error
    if parts.scheme not in PORTS or not host or "@" in parts.netloc or port not in {None, PORTS[parts.scheme]}:
        raise NotPublic
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    if not path.isascii() or any(character <= " " or character == "\x7f" for character in path + host):
        raise NotPublic
    return Target(parts.scheme, host, path)


def resolve_name(host: str, port: int) -> list[str]:
    """Every address that the system's resolver knows for the name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect_to(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to the address itself."""
    return socket.create_connection((address, port), timeout=seconds)


def check_host(target: Target, resolve: Resolve) -> str:
    """The address to connect to; refuses if any address of the name is not public."""
    try:
        found = [ipaddress.ip_address(text.partition("%")[0]) for text in resolve(target.host, target.port)]
    except (OSError, ValueError) as error:
        raise NoAnswer from error
    if not found:
        raise NoAnswer
    if not all(is_public(address) for address in found):
        raise NotPublic
    return str(found[0])


def fetch(
    address: str,
    *,
    limit: int = 1_000_000,
    seconds: float = 10,
    redirects: int = 3,
    resolve: Resolve = resolve_name,
    connect: Connect = connect_to,
) -> Answer:
    """Get a page of at most `limit` bytes in `seconds` for each step; raises NotPublic or NoAnswer."""
    for _step in range(redirects + 1):
        target = target_of(address)
        sock = _open(target, check_host(target, resolve), seconds, connect)
        answer, location = _ask(sock, target, address, limit, seconds)
        if location is None:
            return answer
        following = urljoin(address, location)
        if target.scheme == "https" and not following.startswith("https:"):
            raise NotPublic
        address = following
    raise NoAnswer


def _open(target: Target, address: str, seconds: float, connect: Connect) -> socket.socket:
    try:
        sock = connect(address, target.port, seconds)
        if target.scheme == "http":
            return sock
        try:
            # The certificate must be the name's, although the connection goes to the address.
            return ssl.create_default_context().wrap_socket(
                sock, server_hostname=target.host, do_handshake_on_connect=False
            )
        except OSError:
            sock.close()
            raise
    except OSError as error:
        raise NoAnswer from error


class _Clock:
    """Cuts a connection off: a server that sends a byte now and then never runs into a socket's own timeout."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.sock, self.rang = sock, False
        self.timer = threading.Timer(seconds, self.ring)
        self.timer.daemon = True

    def ring(self) -> None:
        self.rang = True
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _ask(sock: socket.socket, target: Target, address: str, limit: int, seconds: float) -> tuple[Answer, str | None]:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    clock = _Clock(sock, seconds)
    clock.timer.start()
    headers = {"User-Agent": "Pobratym", "Accept-Encoding": "identity", "Connection": "close"}
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        connection.request("GET", target.path, headers=headers)
        response = connection.getresponse()
        location = response.headers.get("Location") if response.status in {301, 302, 303, 307, 308} else None
        body = b"" if location is not None else response.read(limit + 1)
        cut = location is None and bool(response.length)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer from error
    finally:
        clock.timer.cancel()
        connection.close()
    if len(body) > limit or cut or clock.rang:
        raise NoAnswer
    return Answer(address, response.status, response.headers.get_content_type(), body), location
