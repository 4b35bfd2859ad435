"""What the API says when it cannot answer: problem details (RFC 9457), each with a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.throttling import BaseThrottle

from pobratym.limits.rates import spend_for
from pobratym.limits.refusals import TooOften
from pobratym.ui.errors import problem

View = Callable[..., HttpResponse]


class Often(BaseThrottle):
    """One budget for each network; nobody signs in here."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Take a unit; how long to wait is kept on the request, since this object serves all of them."""
        verdict = spend_for(request, "api", timezone.now())
        request.META["pobratym.retry_after"] = verdict.retry_after
        return verdict.allowed


def only(*names: str) -> Callable[[View], View]:
    """Refuse a query that has other names than these: a slip of the pen would give a list that says something else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if unknown := sorted(set(request.GET) - set(names)):
                known = f"Known here: {', '.join(names)}." if names else "None is known here."
                return problem(422, f"Unknown parameter “{unknown[0][:50]}”. {known}")
            if twice := [name for name in names if len(request.GET.getlist(name)) > 1]:
                return problem(422, f"The parameter “{twice[0]}” is given more than once.")
            return view(request, *args, **kwargs)

        return checked

    return decorate


def answer_problems(api: NinjaAPI) -> None:
    """Let every refusal of the API be a problem."""
    api.add_exception_handler(Http404, lambda _request, error: problem(404, str(error) or "There is nothing here."))
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Throttled, _too_often)
    api.add_exception_handler(ValidationError, _not_valid)


def _http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _too_often(request: HttpRequest, _error: Any) -> HttpResponse:
    with translation.override("en"):
        refusal = TooOften(request.META["pobratym.retry_after"])
    answer = problem(429, str(refusal))
    answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _not_valid(_request: HttpRequest, error: Any) -> HttpResponse:
    said = [f"{wrong['loc'][-1]}: {wrong['msg']}" for wrong in error.errors]
    return problem(422, "; ".join(said)[:500] + ".")


class DescribedAPI(NinjaAPI):
    """Says in its description that a refusal is a problem, which ninja would call plain JSON."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description with the right kind of content for every refusal."""
        described = super().get_openapi_schema(**options)
        for path in described["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in response["content"]:
                        response["content"] = {"application/problem+json": response["content"]["application/json"]}
        return described
