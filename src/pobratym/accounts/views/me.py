"""My account: everything about one's own sign-in, with a way to each page that changes it."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pobratym.accounts import queries
from pobratym.accounts.models import User
from pobratym.ui.pages import signed_in


@signed_in
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who one is here, how one signs in, and where one's data and notices are."""
    person = cast("User", request.user)
    return render(request, "accounts/me.html", {"section": "me", **queries.sign_in_facts(person)})
