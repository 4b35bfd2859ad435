"""A refusal that no form caught is still a page with its sentence, never a server error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pobratym.vocabulary.refusals import Refusal


class answer_refusals:  # noqa: N801  # reads as a function in the list of settings
    """Answer an uncaught refusal with its sentence and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page."""
        if isinstance(exception, Refusal):
            return render(request, "ui/refused.html", {"sentence": str(exception)}, status=exception.status)
        return None
