"""A page with one form and one operation: the shape of every small act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from pobratym.accounts.models import User
from pobratym.partnerships.models import Partnership
from pobratym.ui.pages import carry_out


@dataclass(frozen=True, slots=True)
class Act:
    """What the page says, and where it stands."""

    title: Any
    action: Any
    partnership: Partnership | None = None
    intro: Any = ""
    # A second button that sends the form without carrying the act out.
    more: Any = ""


def act(
    request: HttpRequest, form: Form, operation: Callable[[], Any], then: Callable[[Any], HttpResponse], what: Act
) -> HttpResponse:
    """The page of the act, or what follows when it is done."""
    context = {"section": "partnerships", "act": what}
    return carry_out(request, form, operation, then, template="partnerships/act.html", context=context)


def person(request: HttpRequest) -> User:
    """The signed-in person; the permission has made sure that there is one."""
    return cast("User", request.user)
