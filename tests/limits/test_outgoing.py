"""Outgoing requests reach public addresses only; a real server answers, the resolver is given as an argument."""

import http.server
import ipaddress
import socket
import threading
import time

import pytest

from pobratym.limits import outgoing
from pobratym.limits.outgoing import NoAnswer, NotPublic, fetch

PUBLIC = "93.184.215.14"
NAMES = {"public.example": [PUBLIC], "inside.example": ["10.0.0.5"], "both.example": [PUBLIC, "127.0.0.1"]}


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by the path."""

    asked: list[tuple[str, str]] = []

    def do_GET(self):
        Site.asked.append((self.headers["Host"], self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                time.sleep(0.05)
                self.wfile.write(b"x")
                self.wfile.flush()
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"x" * int(self.path.partition("?")[2] or 5))

    def log_message(self, *_arguments):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            self.close_connection = True


@pytest.fixture
def site(socket_enabled):
    """A server on this machine, and the connections that were made to it as public addresses."""
    Site.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.handle_error = lambda *_arguments: None
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def get(site):
    """`fetch` with our names; every public address is this machine's server."""

    def got(address, **options):
        return fetch(address, resolve=resolve, connect=led, **options)

    def resolve(host, port):
        return NAMES.get(host) or [host]

    def led(address, _port, seconds):
        assert outgoing.is_public(ipaddress.ip_address(address))
        return socket.create_connection(site.server_address, timeout=seconds)

    return got


def test_a_public_page_comes_with_its_type(get):
    answer = get("http://public.example/a?7")

    assert (answer.status, answer.content_type, answer.body) == (200, "text/html", b"x" * 7)
    assert Site.asked == [("public.example", "/a?7")]


EVIL = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.215.14",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("evil", EVIL)
def test_no_inner_address_is_reached_by_a_name(get, evil):
    NAMES["evil.example"] = [evil]

    with pytest.raises(NotPublic):
        get("http://evil.example/")
    assert Site.asked == []


@pytest.mark.parametrize("evil", EVIL)
def test_nor_by_a_redirect(get, evil):
    NAMES["evil.example"] = [evil]

    with pytest.raises(NotPublic):
        get("http://public.example/to/http://evil.example/")
    assert [path for _host, path in Site.asked] == ["/to/http://evil.example/"]


@pytest.mark.parametrize(
    "good", [PUBLIC, "1.1.1.1", "223.255.255.254", "2606:2800:21f::1", "2a02:2378::1", "2001:200::1"]
)
def test_public_addresses_are(good):
    assert outgoing.is_public(ipaddress.ip_address(good))


def test_one_inner_address_among_public_ones_is_enough_to_refuse(get):
    with pytest.raises(NotPublic):
        get("http://both.example/")
    assert Site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://public.example/",
        "file:///etc/passwd",
        "gopher://public.example/",
        "javascript:alert(1)",
        "//public.example/",
        "public.example",
        "",
        "http://",
        "http://user@public.example/",
        "http://user:secret@public.example/",
        "http://@public.example/",
        "http://public.example:22/",
        "http://public.example:443/",
        "https://public.example:80/",
        "http://public.example:99999/",
        "http://public.example/a b",
        "http://public.example/\r\nHost: inside.example",
        "http://[::1",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
    ],
)
def test_other_kinds_of_addresses_are_refused(get, address):
    with pytest.raises(NotPublic):
        get(address)
    assert [path for _host, path in Site.asked if path != "/Host:"] == []


@pytest.mark.parametrize("number", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_numbers_that_the_system_reads_as_this_machine_are_refused(socket_enabled, number):
    with pytest.raises((NotPublic, NoAnswer)):
        fetch(f"http://{number}/", connect=None)


def test_the_name_is_asked_once_and_the_connection_goes_to_what_was_checked(site):
    asked, reached = [], []

    def rebinding(host, port):
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address, port, seconds):
        reached.append((address, port))
        return socket.create_connection(site.server_address, timeout=seconds)

    fetch("http://public.example/", resolve=rebinding, connect=connect)

    assert (asked, reached) == (["public.example"], [(PUBLIC, 80)])


def test_redirects_are_followed_and_end(get):
    assert get("http://public.example/to//there").address == "http://public.example/there"
    with pytest.raises(NoAnswer):
        get("http://public.example" + "/to/" * 5 + "/end")


def test_more_than_asked_for_is_not_read(get):
    assert len(get("http://public.example/?1000", limit=1000).body) == 1000
    with pytest.raises(NoAnswer):
        get("http://public.example/?1001", limit=1000)


def test_a_server_that_drips_is_left(get):
    began = time.monotonic()

    with pytest.raises(NoAnswer):
        get("http://public.example/drip", seconds=0.5)
    assert time.monotonic() - began < 2


def test_half_an_answer_is_none(get):
    with pytest.raises(NoAnswer):
        get("http://public.example/cut")


def test_a_silent_name_server_is_told_as_such(get):
    def silent(host, port):
        raise socket.gaierror

    with pytest.raises(NoAnswer):
        fetch("http://public.example/", resolve=silent)


def test_https_needs_the_right_certificate(get):
    with pytest.raises(NoAnswer):
        get("https://public.example/")


def test_proxies_of_the_environment_are_not_asked(get, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    assert get("http://public.example/").status == 200
