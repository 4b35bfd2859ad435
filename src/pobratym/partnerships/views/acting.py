"""A page with one form and one operation: the shape of every small act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from pobratym.accounts.models import User
from pobratym.partnerships.models import Partnership
from pobratym.ui.pages import page, refuse
from pobratym.vocabulary.refusals import Refusal


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
    return page(request, "partnerships/act.html", {"section": "partnerships", "act": what}, form=form)


def person(request: HttpRequest) -> User:
    """The signed-in person; the permission has made sure that there is one."""
    return cast("User", request.user)
