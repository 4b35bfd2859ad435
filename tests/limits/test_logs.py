"""The log tells what happened and nothing that could be used; the reader of an error gets only its number."""

import logging

import pytest
from django.test import Client

from pobratym.config.logs import Lines, clean

TOKEN = "kJ8s-dQ2_x7LmN4pRtVwYzA1bC3dE5fG6hI9jK0lMnO"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Not Found: /search/", "Not Found: /search/"),
        (f"Gone: /accounts/invitation/{TOKEN}/", "Gone: /accounts/invitation/…/"),
        ("password=hunter2 next", "password=… next"),
        ("{'csrfmiddlewaretoken': 'abc'}", "{'csrfmiddlewaretoken': …"),
        ("Cookie: session=abcdef", "Cookie: …"),
        ("refused anna.petrenko@hromada.example", "refused …@hromada.example"),
        ("a\r\n2026-01-01 ERROR forged", "a\\r\\n2026-01-01 ERROR forged"),
        ("a\x1b[2Jb\u2028c\u202ed", "a\\x1b[2Jb\\u2028c\\u202ed"),
    ],
)
def test_what_is_written(said, written):
    assert clean(said) == written


def entry(message, *arguments, error=None, request=None):
    record = logging.LogRecord("pobratym", logging.ERROR, "", 1, message, arguments, error)
    if request is not None:
        record.request = request
    return Lines().format(record)


def test_an_entry_is_one_line_whatever_its_arguments_are():
    assert entry("Not Found: %s", "/a\n2026-11-24 09:00:00,000 ERROR forged").count("\n") == 0


def test_lines_of_an_error_are_indented_and_clean():
    try:
        fail(f"{TOKEN}\n2026-11-24 09:00:00,000 ERROR forged")
    except RuntimeError as error:
        text = entry("failed", error=(type(error), error, error.__traceback__))

    assert TOKEN not in text
    assert all(line.startswith("    | ") for line in text.splitlines()[1:])


@pytest.fixture
def lines(caplog):
    """What the console would show."""
    caplog.set_level(logging.WARNING)
    return lambda: [Lines().format(record) for record in caplog.records]


def fail(*arguments, **_more):
    raise RuntimeError("the inside of the house", arguments)


@pytest.mark.parametrize("address", ["/gallery/", "/en/gallery/"])
def test_the_reader_of_an_error_gets_its_number_and_the_log_has_it(db, lines, monkeypatch, address):
    monkeypatch.setattr("pobratym.ui.views.page", fail)

    answer = Client(raise_request_exception=False).get(address)

    page = answer.content.decode()
    reference = page.partition('<span class="num">')[2].partition("<")[0]
    assert answer.status_code == 500
    assert len(reference) == 8
    assert "inside of the house" not in page
    assert "RuntimeError" not in page
    assert [line.splitlines()[0] for line in lines()][-1].endswith(f"{address} [{reference}]")


def test_a_program_gets_it_too(db, lines, monkeypatch):
    monkeypatch.setattr("pobratym.partnerships.queries.visible_to", fail)

    answer = Client(raise_request_exception=False).get("/api/v1/partnerships")

    assert answer.headers["Content-Type"] == "application/problem+json"
    reference = answer.json()["detail"].split()[-1].rstrip(".")
    assert lines()[-1].splitlines()[0].endswith(f"/api/v1/partnerships [{reference}]")
    assert "inside" not in answer.json()["detail"]


def test_a_link_that_was_sent_to_one_person_is_not_in_the_log(db, lines, client):
    client.get(f"/accounts/nowhere/{TOKEN}/")

    assert lines()
    assert not any(TOKEN in line for line in lines())


def test_a_password_is_not_in_the_log(db, lines, monkeypatch):
    monkeypatch.setattr("pobratym.accounts.views.signing.page", fail)

    Client(raise_request_exception=False).post(
        "/accounts/sign-in/", {"email": "anna@hromada.example", "password": "a long one that nobody knows"}
    )

    assert lines()
    assert not any("nobody knows" in line or "anna@" in line for line in lines())


def test_security_txt_tells_the_contact(client, settings):
    settings.SECURITY_CONTACT = "security@hromada.example"

    answer = client.get("/.well-known/security.txt")

    said = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:security@hromada.example"
    assert said["Canonical"].endswith("/.well-known/security.txt")
    assert set(said) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}


def test_security_txt_is_not_there_without_a_contact(client, db, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get("/.well-known/security.txt").status_code == 404


def test_robots_are_told_where_not_to_go(client):
    assert "Disallow: /accounts/" in client.get("/robots.txt").content.decode()
