"""A page with one form and one operation: the shape of every act on a body."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from pobratym.organisations.models import Body
from pobratym.ui.pages import page, refuse
from pobratym.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Act:
    """What the page says, and of which body."""

    title: Any
    action: Any
    body: Body | None = None
    intro: Any = ""


def act(
    request: HttpRequest, form: Form, carry_out: Callable[[], Any], then: Callable[[Any], HttpResponse], what: Act
) -> HttpResponse:
    """Show the form; carry the operation out when it is handed in right, or show its refusal beside it."""
    if form.is_valid():
        try:
            done = carry_out()
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return then(done)
    return page(request, "organisations/act.html", {"section": "places", "act": what}, form=form)


def person(request: HttpRequest) -> AbstractBaseUser:
    """The signed-in person; the permission has made sure that there is one."""
    return cast("AbstractBaseUser", request.user)
