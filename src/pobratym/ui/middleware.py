"""A refusal that no form caught is still a page with its sentence, never a server error."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pobratym.limits.rates import SAFE, spend_for
from pobratym.limits.refusals import TooOften
from pobratym.ui.errors import unknown_method
from pobratym.vocabulary.refusals import Refusal


class answer_refusals:  # noqa: N801  # reads as a function in the list of settings
    """Answer an uncaught refusal with its sentence and status, and a method that an address does not know."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return unknown_method(request, response.headers["Allow"])
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any) -> Any:
        """Count what is sent to a view that has no rate of its own, so that no form is without a limit."""
        if request.method not in SAFE and not hasattr(view, "rate"):
            verdict = spend_for(request, "write", timezone.now())
            if not verdict.allowed:
                return too_often(request, TooOften(verdict.retry_after))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page."""
        if isinstance(exception, TooOften):
            return too_often(request, exception)
        if isinstance(exception, Refusal):
            return render(request, "ui/refused.html", {"sentence": str(exception)}, status=exception.status)
        return None


def too_often(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    """429: a page, or for htmx its sentence at the top of the page that is open."""
    part = bool(getattr(request, "htmx", False))
    answer = render(request, "ui/_429.html" if part else "ui/429.html", {"sentence": str(refusal)}, status=429)
    answer.headers["Retry-After"] = str(refusal.retry_after)
    if part:
        answer.headers["HX-Retarget"] = "#said"
        answer.headers["HX-Reswap"] = "innerHTML"
    return answer
