"""A page with one form and one operation: the shape of every act on a body."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from pobratym.organisations.models import Body
from pobratym.ui.pages import carry_out


@dataclass(frozen=True, slots=True)
class Act:
    """What the page says, and of which body."""

    title: Any
    action: Any
    body: Body | None = None
    intro: Any = ""


def act(
    request: HttpRequest, form: Form, operation: Callable[[], Any], then: Callable[[Any], HttpResponse], what: Act
) -> HttpResponse:
    """The page of the act, or what follows when it is done."""
    context = {"section": "places", "act": what}
    return carry_out(request, form, operation, then, template="organisations/act.html", context=context)


def person(request: HttpRequest) -> AbstractBaseUser:
    """The signed-in person; the permission has made sure that there is one."""
    return cast("AbstractBaseUser", request.user)
