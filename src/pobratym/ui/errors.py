"""Answers of last resort: for people in the product's look, for programs as problem details (RFC 9457)."""

import json
import secrets
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

FOR_PROGRAMS = "/api/"


def problem(status: int, detail: str) -> HttpResponse:
    """What a program is told: the status both in the line and in the text, and a sentence."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type="application/problem+json")


def _answer(request: HttpRequest, template: str, status: int, detail: str, **context: Any) -> HttpResponse:
    if request.path_info.startswith(FOR_PROGRAMS):
        return problem(status, detail)
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 of a body that is too large."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.FILE_UPLOAD_LIMIT
        return _answer(request, "ui/413.html", 413, "The body is too large.", limit=limit)
    return _answer(request, "ui/400.html", 400, "The request could not be read.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return _answer(request, "ui/403.html", 403, "This is not open to you.")


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of a form whose token does not fit."""
    return _answer(request, "ui/403_csrf.html", 403, "The token does not fit.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404."""
    return _answer(request, "ui/404.html", 404, "There is no such address. The description is at /api/v1/docs.")


def unknown_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """405, with the methods that the address knows."""
    answer = _answer(request, "ui/405.html", 405, f"This address knows only: {allowed}.")
    answer.headers["Allow"] = allowed
    return answer


def server_error(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """500: nothing of the inside but a number, which the log has too.

    Renders without the request, so that a broken session or database cannot break this page too.
    """
    reference = secrets.token_hex(4)
    request.reference = reference  # type: ignore[attr-defined]  # read where the error is logged
    if request.path_info.startswith(FOR_PROGRAMS):
        return problem(500, f"Something broke on our side. Tell the operator the number {reference}.")
    return HttpResponse(render_to_string("ui/500.html", {"reference": reference}), status=500)
