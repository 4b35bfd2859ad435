"""Accounts that were taken over: locked at once, opened again when their person has them back."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.accounts import operations, queries
from pobratym.accounts.models import User
from pobratym.ui.pages import go_to, permitted


@permitted("accounts.lock")
@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """The accounts that are locked."""
    return render(request, "accounts/locked.html", {"people": list(queries.locked_people())})


@permitted("accounts.lock", find=queries.people_to_lock)
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, person: User) -> HttpResponse:
    """Lock an account, after a page that says what that does."""
    if request.method == "POST":
        operations.lock_account(person=person, by=cast("User", request.user), at=timezone.now())
        messages.success(request, _("The account is locked."))
        return go_to(request, "accounts:locked")
    return render(request, "accounts/lock.html", {"person": person})


@permitted("accounts.lock", find=queries.locked_people)
@require_POST
def open_account(request: HttpRequest, person: User) -> HttpResponse:
    """Open a locked account again."""
    operations.open_account(person=person, by=cast("User", request.user), at=timezone.now())
    messages.success(request, _("The account is open again."))
    return go_to(request, "accounts:locked")
