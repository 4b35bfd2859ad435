"""Every address of the product, with objects that exist behind most of the numbers."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import get_resolver

from tests.architecture.test_urls import patterns

PARAMETER = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
VALUES = {
    "token": "x" * 43,
    "code": "UA26060170000091466",
    "direction": "energy",
    "form": "atom",
}


def addresses(number: int | str = 1) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each address once, in Ukrainian; `number` stands for every key."""
    for pattern, view in patterns(get_resolver()):
        yield "/" + PARAMETER.sub(lambda found: str(VALUES.get(found[1], number)), pattern), view
