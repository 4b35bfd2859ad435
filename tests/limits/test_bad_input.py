"""Whatever is sent to whichever address, by a stranger or a coordinator: an answer, never an error of the server."""

import dataclasses
import functools
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pobratym.limits import rates
from tests.architecture.shape import SOURCE, modules
from tests.limits.walk import addresses

ASKED = re.compile(r"""request\.(?:GET|POST)(?:\.get|\.getlist)?[\[(]\s*["']([\w-]+)["']""")
FIELD = re.compile(r"^    (\w+) = (?:forms\.\w+|\w*Field)\(", re.MULTILINE)
NASTY = [
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "-1",
    "0",
    "1e999",
    "NaN",
    "9" * 40,
    "٣",
    "２０２６-０１-０１",
    "9999-99-99",
    "0001-01-01",
    "9999-12-31T23:59",
    "true",
    "[]",
    '{"a": 1}',
    "../../etc/passwd",
    "' OR 1=1 --",
    "%s%(a)s{0}{{ x }}{% y %}",
    "<script>alert(1)</script>",
    "\u202e\ufeff\u0300" * 20,
    "а" * 5000,
    "\r\nSet-Cookie: a=b",
    "https://[::1",
    "🇺🇦",
]


SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in modules(SOURCE / "pobratym"))


@functools.cache
def names():
    """Every name that a view asks for or a form has, and some that none does."""
    return sorted({*ASKED.findall(SOURCES), *FIELD.findall(SOURCES), "page", "next", "_", "a[]", "form-TOTAL_FORMS"})


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch):
    """Many requests, none of them too many."""
    for name, rate in rates.RATES.items():
        monkeypatch.setitem(rates.RATES, name, dataclasses.replace(rate, limit=1_000_000))


@pytest.fixture(params=["stranger", "coordinator"])
def asker(request, told):
    return request.getfixturevalue(request.param)


def broken(answers):
    """The addresses at which the server failed."""
    return sorted({f"{what}: {answer.status_code}" for what, answer in answers if answer.status_code >= 500})


def consumed(answer):
    """Read to its end, which closes it; closing it by hand would end the test's own connection on PostgreSQL."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def test_names_are_found():
    assert {"q", "page", "email", "password", "token"} - set(names()) <= {"token"}
    assert len(names()) > 50


def test_no_query_breaks_a_page(asker):
    answers = [
        (f"{address} {turn}", consumed(asker.get(address, query(mixed(turn, step)))))
        for turn, (address, _view) in enumerate(addresses())
        for step in range(2)
    ]

    assert broken(answers) == []


@pytest.mark.parametrize(
    "address", ["/search/", "/places/find/suggest/", "/news/", "/partnerships/", "/api/v1/publications"]
)
def test_no_value_breaks_a_page_that_reads_its_query(told, stranger, address):
    asked = sorted({*ASKED.findall(SOURCES), "page", "field", "kinds", "hromada", "oblast"})
    answers = [
        (f"{address} {value[:20]!r}", consumed(stranger.get(address, query(dict.fromkeys(asked, value)))))
        for value in NASTY
    ]

    assert broken(answers) == []


def test_no_form_breaks_a_page(asker):
    answers = []
    for turn, (address, _view) in enumerate(addresses()):
        answer = asker.post(address, query(mixed(turn, 0)))
        answers.append((f"{address} {turn}", consumed(answer)))
        if answer.status_code == 422:
            answers += [
                (f"{address} {turn} {step}", consumed(asker.post(address, query(mixed(turn, step)))))
                for step in range(1, 6)
            ]
            files = {name: SimpleUploadedFile("../\u202ea.docx", b"PK\x03\x04", "text/html") for name in names()[:15]}
            answers.append((f"{address} files", consumed(asker.post(address, files))))

    assert broken(answers) == []


def mixed(turn, step):
    """Every name with another of the values; each address and step begins elsewhere in them."""
    return {name: NASTY[(turn * 5 + step * 7 + place) % len(NASTY)] for place, name in enumerate(names())}


def query(values):
    """A lone surrogate cannot be sent as UTF-8; a client that sends its bytes is tried below."""
    if isinstance(values, dict):
        return {name: query(value) for name, value in values.items()}
    if isinstance(values, list):
        return [query(value) for value in values]
    return values.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 40])
def test_no_number_in_an_address_breaks_it(asker, number):
    answers = [(address, consumed(asker.get(address))) for address, _view in addresses(number)]

    assert broken(answers) == []


RAW = [
    ("GET", "/search/?q=%ff%fe%00%ed%a0%80", {}, b""),
    ("GET", "/search/?q=%", {}, b""),
    ("GET", "/search/?" + "a=1&" * 5000, {}, b""),
    ("GET", "/places/%00/", {}, b""),
    ("GET", "/places/%ff%ff/", {}, b""),
    ("GET", "/%2e%2e/%2e%2e/etc/passwd", {}, b""),
    ("GET", "//evil.example/%2f..", {}, b""),
    ("GET", "/" + "a" * 20_000, {}, b""),
    ("GET", "/", {"HTTP_ACCEPT_LANGUAGE": "x" * 9000 + ",uk;q=999,*"}, b""),
    ("GET", "/", {"HTTP_ACCEPT": "\xff;q=a,,,"}, b""),
    ("GET", "/", {"HTTP_COOKIE": 'session="\\"; csrf=\x01\xff; messages=x; a' + "=b;" * 500}, b""),
    ("GET", "/", {"HTTP_RANGE": "bytes=-0,99999999999999999999-", "HTTP_IF_MODIFIED_SINCE": "never"}, b""),
    ("GET", "/", {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[::1", "HTTP_HX_TRIGGER": "\xff"}, b""),
    ("GET", "/", {"HTTP_X_FORWARDED_FOR": "a" * 5000, "REMOTE_ADDR": "nowhere"}, b""),
    ("GET", "/", {"HTTP_HOST": "testserver:0x1"}, b""),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "multipart/form-data"}, b"x"),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "multipart/form-data; boundary=\xff"}, b"--\xff"),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "multipart/form-data; boundary=b"}, b"--b\r\nContent-Dispo"),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "application/json"}, b'{"a":' * 20_000),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "application/x-www-form-urlencoded; charset=nonsense"}, b"a=b"),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "application/x-www-form-urlencoded"}, b"email=%ed%a0%80&a=%00"),
    ("POST", "/accounts/sign-in/", {"CONTENT_TYPE": "x" * 5000}, b"\xff" * 100),
    ("POST", "/accounts/sign-in/", {"CONTENT_LENGTH": "9" * 5000}, b""),
    ("POST", "/accounts/sign-in/", {"CONTENT_LENGTH": "-5"}, b"abc"),
    ("TRACE", "/", {}, b""),
    ("PATCH", "/search/", {}, b"x"),
    ("NONSENSE", "/", {}, b""),
]


@pytest.mark.parametrize("number", range(len(RAW)))
def test_no_malformed_request_breaks_the_server(db, number):
    method, address, headers, body = RAW[number]
    path, _mark, asked = address.partition("?")
    client = Client(raise_request_exception=False)

    answer = client.generic(method, path, body, **{"QUERY_STRING": asked, **headers})

    assert answer.status_code < 500
    answer.close()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"email=" + b"a" * 10_000_000, "application/x-www-form-urlencoded"),
        (b"\0" * 10_000_000, "application/json"),
        (b"x" * 24_200_000, "multipart/form-data; boundary=b"),
    ],
)
def test_ten_megabytes_are_refused_with_a_sentence(db, stranger, body, kind):
    answer = stranger.generic("POST", "/accounts/sign-in/", body, content_type=kind)

    assert answer.status_code == 413
    assert "завелике" in answer.content.decode()


def test_a_field_of_ten_megabytes_in_a_form_with_files_is_refused(db, stranger):
    answer = stranger.post("/accounts/sign-in/", {"email": "a" * 10_000_000})

    assert answer.status_code == 413


def test_too_many_fields_are_refused(db, stranger):
    body = "&".join(f"f{number}=1" for number in range(501))

    answer = stranger.generic("POST", "/accounts/sign-in/", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400


@pytest.mark.parametrize("asked", ["q=%00", "q=a%00b", "%00=a", "page=1&x=%00"])
def test_nul_is_refused_in_an_address(db, stranger, asked):
    assert stranger.get(f"/search/?{asked}").status_code == 400


@pytest.mark.parametrize("sent", [{"email": "a\0b"}, {"a\0": "b"}])
def test_nul_is_refused_in_a_form(db, stranger, sent):
    assert stranger.post("/accounts/sign-in/", sent).status_code == 400
