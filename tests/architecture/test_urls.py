"""Every address says who may open it, and the permission that it names exists."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import rules
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from pobratym.ui.pages import permitted, public, signed_in

FROM_PACKAGES = ("django.views.i18n.set_language",)
WITHOUT_PERMISSION = {"public", "signed in"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from patterns(pattern, address)


def is_ours(view: Callable[..., Any]) -> bool:
    """Views that come whole from a package guard themselves; ninja's are the read API, which asks as a stranger."""
    if isinstance(view, partial) or view.__module__.startswith("ninja."):
        return False
    return f"{view.__module__}.{view.__qualname__}" not in FROM_PACKAGES


def unmarked(found: Iterator[tuple[str, Callable[..., Any]]]) -> list[str]:
    said = []
    for address, view in found:
        access = getattr(view, "access", None)
        if access is None and is_ours(view):
            said.append(f"/{address}: {view.__module__}.{view.__qualname__} does not say who may open it")
        elif access is not None and access not in WITHOUT_PERMISSION and not rules.perm_exists(access):
            said.append(f"/{address}: nobody can have the permission {access}")
    return said


def test_every_address_says_who_may_open_it() -> None:
    found = list(patterns(get_resolver()))

    assert len(found) > 5
    assert unmarked(iter(found)) == []


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def another(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def walk(view: Callable[..., HttpResponse]) -> list[str]:
    return unmarked(iter([("planted/", path("planted/", view).callback)]))


def test_planted_view_without_mark_is_found() -> None:
    assert walk(bare)
    assert walk(signed_in(bare)) == []
    assert walk(public(another)) == []


def test_planted_permission_that_no_rule_gives_is_found() -> None:
    assert walk(permitted("partnerships.no_such_permission")(bare))
