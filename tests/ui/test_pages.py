"""The gallery, pages of refusal, and what machines read."""

from http import HTTPStatus

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from pobratym.config import catalogues
from pobratym.ui import errors


@pytest.mark.parametrize(("address", "heading"), [("/gallery/", "Складники"), ("/en/gallery/", "Components")])
def test_gallery_in_both_languages(client: Client, address: str, heading: str) -> None:
    answer = client.get(address)

    assert answer.status_code == HTTPStatus.OK
    assert f"<h1>{heading}" in answer.content.decode()


def test_page_names_its_translation(client: Client) -> None:
    page = client.get("/gallery/?q=1").content.decode()

    assert '<html lang="uk">' in page
    assert '<link rel="alternate" hreflang="en" href="http://127.0.0.1:8000/en/gallery/">' in page
    assert 'href="/en/gallery/?q=1"' in page


def test_missing_page_leads_to_the_other_home(client: Client) -> None:
    answer = client.get("/no-such-page/")

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Такої сторінки немає" in page
    assert 'rel="alternate"' not in page
    assert 'href="/en/"' in page


@pytest.mark.django_db  # what is sent is counted
def test_refused_form_points_at_its_fields(client: Client) -> None:
    answer = client.post("/gallery/", {"name": "Калуш", "version": "1"})

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'role="alert"' in page
    assert '<a href="#id_day">День підписання</a>' in page
    assert 'aria-describedby="id_day_helptext id_day_error"' in page
    assert 'id="id_day_error"' in page
    assert '<fieldset aria-describedby="id_groups_helptext id_groups_error">' in page
    assert 'id="id_name_error"' not in page
    assert page.count('aria-invalid="true"') >= 6


def test_required_is_said_in_words(client: Client) -> None:
    page = client.get("/gallery/").content.decode()

    # All fields but the file.
    assert page.count('<span class="need">обов’язково</span>') == 8


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    return rf.get("/somewhere/")


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.form_too_old, 403),
        (errors.not_found, 404),
    ],
)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_pages_of_refusal(request_of_nobody: HttpRequest, view: object, status: int, language: str) -> None:
    with translation.override(language):
        answer = view(request_of_nobody)  # type: ignore[operator]

    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.content.decode()
    assert str(status) in answer.content.decode()


def test_broken_server_needs_neither_context_nor_database(request_of_nobody: HttpRequest) -> None:
    answer = errors.server_error(request_of_nobody)

    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Щось зламалося в нас" in answer.content.decode()


def test_form_from_elsewhere_is_told_to_load_again() -> None:
    answer = Client(enforce_csrf_checks=True).post("/gallery/", {})

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Форма застаріла" in answer.content.decode()


def test_robots(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /accounts/" in answer.content.decode()


@pytest.mark.parametrize("context", ["ui", "vocabulary", "config"])
def test_every_word_has_its_ukrainian(context: str) -> None:
    catalogue, _text = catalogues.updated(catalogues.SOURCE / context)

    assert catalogues.missing(catalogue) == []
