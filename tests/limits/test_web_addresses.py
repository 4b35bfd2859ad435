"""Addresses that people enter: pages only, without names and passwords, and shown as leading elsewhere."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from pobratym.ui.forms import WebAddressField
from tests.architecture.pages import COMMENT
from tests.architecture.shape import ROOT, SOURCE
from tests.architecture.test_urls import patterns

ANCHOR = re.compile(r"<a\b(?:\{%.*?%\}|\{\{.*?\}\}|[^<>])*>", re.DOTALL)
ENTERED = re.compile(r'href="\{\{ *[\w.]*(?:source_url|online_url|website|\.link|_source)\b[^}]*\}\}"')


@pytest.mark.parametrize(
    "address",
    [
        "https://kalushcity.gov.ua/a?b=@c#@d",
        "http://rada.example/",
        "https://калуш.укр/",
        "https://example.org/@person",
    ],
)
def test_pages_are_taken(address):
    assert WebAddressField().clean(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "ftps://example.org/",
        "javascript:alert(1)",
        "data:text/html,a",
        "file:///etc/passwd",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://kalushcity.gov.ua@evil.example/",
        "https://kalushcity.gov.ua%20@evil.example/",
        "https://",
        "https://exa mple.org/",
        "https://example.org/\0",
        "https://[::1",
    ],
)
def test_nothing_else_is(address):
    with pytest.raises(ValidationError):
        WebAddressField().clean(address)


def test_without_a_scheme_it_is_https():
    assert WebAddressField().clean("example.org/a") == "https://example.org/a"


def forms_of(form=forms.BaseForm):
    for below in form.__subclasses__():
        yield below
        yield from forms_of(below)


def test_every_field_for_an_address_in_our_forms_is_of_this_kind():
    assert list(patterns(get_resolver()))  # all views, and so all forms, are imported
    ours = [form for form in forms_of() if form.__module__.startswith("pobratym.")]
    fields = [
        (f"{form.__module__}.{form.__name__}.{name}", field)
        for form in ours
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.URLField)
    ]

    assert len(fields) >= 3
    assert [name for name, field in fields if not isinstance(field, WebAddressField)] == []


def unmarked(text):
    return [
        tag
        for tag in ANCHOR.findall(COMMENT.sub("", text))
        if ENTERED.search(tag) and not re.search(r'rel="external noopener noreferrer ugc"', tag)
    ]


def test_every_link_to_an_entered_address_says_that_it_leads_elsewhere():
    said = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in (SOURCE / "pobratym").rglob("*.html")
        for tag in unmarked(path.read_text(encoding="utf-8"))
    ]

    assert said == []


def test_planted_link_is_found():
    assert unmarked('<a class="x" href="{{ body.website }}">')
    assert unmarked('<a href="{{ source_url }}" rel="external">')
    assert not unmarked('<a href="{{ source_url }}" rel="external noopener noreferrer ugc">')
    assert not unmarked('<a href="{{ back_url }}">')
