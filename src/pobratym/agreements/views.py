"""Pages of the context."""

from django.http import HttpRequest, HttpResponse

from pobratym.ui.pages import public


@public
def soon(request: HttpRequest, **_kwargs: object) -> HttpResponse:  # noqa: ARG001
    """Stand in until the page is built."""
    return HttpResponse("soon")


agreement = docx = agree = revise = soon
