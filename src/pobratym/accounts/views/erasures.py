"""Wishes to be erased, as the moderators see them: letters are entered by one and looked at by a second."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pobratym.accounts import operations, people_forms, queries, rules
from pobratym.accounts.models import Erasure, User
from pobratym.accounts.stepping_up import fresh
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


@permitted("accounts.see_erasures")
@require_http_methods(["GET", "POST"])
def erasures(request: HttpRequest) -> HttpResponse:
    """Open wishes, and the form for a letter."""
    moderator, at = cast("User", request.user), timezone.now()
    form = people_forms.AskErasureInWriting(request.POST or None)
    if form.is_valid():
        letter = dict(form.cleaned_data)
        person = queries.person_with(letter.pop("email"))
        if person is None:
            form.add_error("email", _("No account has this address. Compare it with the page of people."))
        else:
            try:
                operations.ask_erasure_in_writing(person=person, by=moderator, at=at, **letter)
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                messages.success(request, _("The letter is entered. Another moderator must look at it."))
                return go_to(request, "accounts:erasures")
    found = [(wish, bool(rules.is_another_moderator(moderator, wish))) for wish in queries.open_erasures()]
    return page(request, "accounts/erasures.html", {"wishes": found}, form=form)


@permitted("accounts.answer_erasure", find=queries.written_erasures)
@fresh
@require_POST
def answer_erasure(request: HttpRequest, erasure: Erasure) -> HttpResponse:
    """Agree as the second moderator, or refuse."""
    moderator, at = cast("User", request.user), timezone.now()
    if request.POST.get("answer") == "confirm":
        operations.confirm_erasure(erasure=erasure, by=moderator, at=at)
        messages.success(request, _("The account is erased."))
    else:
        operations.withdraw_erasure(erasure=erasure, by=moderator, at=at)
        messages.success(request, _("The account stays."))
    return go_to(request, "accounts:erasures")
