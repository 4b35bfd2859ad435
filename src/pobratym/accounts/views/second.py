"""What waits for a second person."""

import datetime as dt
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pobratym.accounts import operations, queries, rules, second
from pobratym.accounts.models import SecondPerson, User
from pobratym.accounts.stepping_up import fresh
from pobratym.ui.pages import go_to, permitted

# How long and how many answers are shown to who asked.
ANSWERS_SHOWN = dt.timedelta(days=30)
ANSWERS = 20


@permitted("accounts.see_wishes")
@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """What waits for a second person and may be answered by this one, and what this one asked."""
    person = cast("User", request.user)
    waiting = list(queries.open_wishes())
    subjects = second.subjects_of([wish.subject for wish in waiting])
    mine = [wish for wish in waiting if wish.asked_by_id == person.pk]
    answerable = [wish for wish in waiting if rules.may_answer(person, wish, subjects.get(wish.subject))]
    answered = queries.answered_wishes(person, timezone.now() - ANSWERS_SHOWN)
    return render(
        request, "accounts/second_person.html", {"wishes": answerable, "own": mine, "answered": answered[:ANSWERS]}
    )


@permitted("accounts.answer_second", find=queries.open_wishes)
@require_POST
def answer_wish(request: HttpRequest, wish: SecondPerson) -> HttpResponse:
    """Confirm or refuse a wish, or take the own one back."""
    if request.POST.get("answer") == "confirm":
        return _confirm(request, wish)
    operations.refuse_second(second=wish, by=cast("User", request.user), at=timezone.now())
    messages.success(request, _("The record stays as it was."))
    return _onward(request)


@fresh
def _confirm(request: HttpRequest, wish: SecondPerson) -> HttpResponse:
    """Showing more needs a fresh proof; showing less never waits for one."""
    operations.confirm_second(second=wish, by=cast("User", request.user), at=timezone.now())
    messages.success(request, _("Confirmed: the record is now visible to more people."))
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    if request.user.has_perm("accounts.see_wishes"):
        return go_to(request, "accounts:second_person")
    return go_to(request, settings.LOGIN_REDIRECT_URL)
