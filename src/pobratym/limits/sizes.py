"""A body that is too large is refused before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse


class refuse_large:  # noqa: N801  # reads as a function in the list of settings
    """Refuse by the announced length; a body without a length is empty for Django, and a longer one is cut there.

    Django itself measures a form without its files; this measures the whole, and what no form reads.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the length, then pass the request on."""
        if announced(request) > allowed(request):
            raise RequestDataTooBig
        return self.get_response(request)


def announced(request: HttpRequest) -> int:
    """The length that the request announces; what is no number counts as none, as Django takes it."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    # Twenty digits are more than any body; Python would refuse to read thousands of them.
    return int(length[:20]) if length.isascii() and length.isdigit() else 0


def allowed(request: HttpRequest) -> int:
    """Only a form with files may be as large as files are."""
    with_files = request.content_type == "multipart/form-data"
    return int(settings.BODY_LIMIT if with_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
