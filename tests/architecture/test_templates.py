"""Templates: no code inside, every one a page or a fragment, every word translated, every address known."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.architecture import pages
from tests.architecture.shape import ROOT, SOURCE, modules

TEMPLATES = sorted(SOURCE.glob("pobratym/*/templates/**/*.html"))
GO_TO = re.compile(
    r"""(?:go_to\(request,|reverse\(|reverse_lazy\(|resolve_url\(|redirect\()\s*["']([a-z_]+:[a-z_]+)["']"""
)


def over(ratchet: Callable[[str], list[str]]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {said}" for path in TEMPLATES for said in ratchet(path.read_text(encoding="utf-8"))
    ]


def known_names() -> set[str]:
    """Every ``namespace:name`` that the product answers."""
    names: set[str] = set()

    def walk(resolver: object, prefix: str) -> None:
        for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
            namespace = getattr(pattern, "namespace", None)
            if hasattr(pattern, "url_patterns"):
                walk(pattern, f"{prefix}{namespace}:" if namespace else prefix)
            elif pattern.name:
                names.add(prefix + pattern.name)

    walk(get_resolver(), "")
    return names


def unknown_names(text: str, pattern: "re.Pattern[str]" = pages.URL_NAME) -> list[str]:
    known = known_names() | {"set_language"}
    return [f"no address is called {name}" for name in pattern.findall(text) if name not in known]


def test_templates_hold_no_code() -> None:
    assert TEMPLATES
    assert over(pages.inline_code) == []


def test_templates_are_pages_or_fragments() -> None:
    found = [(path.relative_to(ROOT), pages.not_a_page(path, path.read_text(encoding="utf-8"))) for path in TEMPLATES]

    assert [(str(path), said) for path, said in found if said] == []


def test_words_of_templates_are_translated() -> None:
    assert over(pages.untranslated) == []


def test_numbers_in_attributes_are_for_the_machine() -> None:
    assert over(pages.numbers_as_people_write_them) == []
    assert pages.numbers_as_people_write_them('<input value="{{ body.pk }}">')
    assert pages.numbers_as_people_write_them('<input id="c{{ a.body.pk }}" value="{{ row.unit.pk }}">') == [
        "a.body.pk in an attribute"
    ]


def test_addresses_named_by_templates_exist() -> None:
    assert over(unknown_names) == []


def test_addresses_named_by_code_exist() -> None:
    said = [
        f"{path.relative_to(ROOT)}: {problem}"
        for path in modules(SOURCE / "pobratym")
        for problem in unknown_names(path.read_text(encoding="utf-8"), GO_TO)
    ]

    assert said == []


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        "<SCRIPT nonce='x'>\nalert(1)\n</SCRIPT>",
        "<style>p { color: red }</style>",
        '<button type="button" onclick="go()">',
        '<p class="a"\n   style="color: red">',
        '<a href="javascript:go()">',
        "<body {% if a %}class='b'{% endif %} onload='go()'>",
    ],
)
def test_planted_code_is_found(planted: str) -> None:
    assert pages.inline_code(planted)


@pytest.mark.parametrize(
    "clean",
    [
        "<script src=\"{% static 'ui/menu.js' %}\" defer></script>",
        '<script type="application/json">{"a": 1}</script>',
        '<link rel="stylesheet" href="x.css">',
        "{# onclick= and <style>p{}</style> told in a comment #}",
        '<p data-on="x">one = two</p>',
        '<meta name="color-scheme" content="light dark">',
    ],
)
def test_page_without_code_is_clean(clean: str) -> None:
    assert pages.inline_code(clean) == []


def test_planted_half_page_is_found() -> None:
    assert pages.not_a_page(Path("accounts/desk.html"), "<h1>…</h1>")
    assert pages.not_a_page(Path("accounts/desk.html"), "{# extends #}<h1>…</h1>")
    assert pages.not_a_page(Path("accounts/desk.html"), '{# why #}\n{% extends "ui/base.html" %}') == []
    assert pages.not_a_page(Path("accounts/_row.html"), "<tr>") == []


def test_planted_bare_word_is_found() -> None:
    assert pages.untranslated("<h1>Партнерства</h1>")
    assert pages.untranslated("<p>{{ name }} signed</p>")
    assert pages.untranslated('<p class="{% if a > 1 %}big{% endif %} card">{{ a }} of <b>{{ b }}</b></p>') == [
        "untranslated “of”"
    ]
    assert pages.untranslated('<h1>{% translate "Partnerships" %}</h1>') == []
    assert (
        pages.untranslated("<p>{% blocktranslate trimmed %}<b>two</b> words{% endblocktranslate %} · {{ n }} — 5</p>")
        == []
    )


def test_translated_attribute_is_no_bare_word() -> None:
    text = '<a title="{% blocktranslate trimmed %}of {{ name }}{% endblocktranslate %}" aria-label="{{ name }}">1</a>'

    assert pages.untranslated(text) == []


def test_planted_address_is_found() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("portal:nowhere")

    assert unknown_names('{% url "portal:nowhere" %}')
    assert unknown_names('return go_to(request, "portal:nowhere", pk=1)', GO_TO)
    assert unknown_names('{% url "portal:home" %}') == []
