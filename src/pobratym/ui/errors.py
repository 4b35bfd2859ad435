"""Answers of last resort, in the product's look."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 of a body that is too large."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "ui/413.html", {"limit": settings.FILE_UPLOAD_LIMIT}, status=413)
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return render(request, "ui/403.html", status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of a form whose token does not fit."""
    return render(request, "ui/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    return render(request, "ui/404.html", status=404)


def server_error(_request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """500: without the request, so that a broken session or database cannot break this page too."""
    return HttpResponse(render_to_string("ui/500.html"), status=500)
