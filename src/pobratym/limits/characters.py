"""A character that no person types and a database refuses is refused before any view sees it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\0"


class refuse_nul:  # noqa: N801  # reads as a function in the list of settings
    """Answer 400 to NUL in the address or in a form: PostgreSQL stores none, SQLite compares by what stands before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address, then pass the request on."""
        if NUL in request.path_info or has_nul(request.GET):
            raise BadRequest
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_arguments: Any) -> None:
        """Look at the form, which the check of its token has read already."""
        if request.method == "POST" and has_nul(request.POST):
            raise BadRequest


def has_nul(values: Any) -> bool:
    """Whether a name or a value of the query or form holds one."""
    return any(NUL in text for name, given in values.lists() for text in (name, *given))
