"""The page of the outbox: what was sent, what waits, what was given up and why."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pobratym.outbox import operations, queries
from pobratym.outbox.choices import State
from pobratym.outbox.models import Message
from pobratym.ui.pages import go_to, permitted

MAILS_A_PAGE = 50


@permitted("outbox.see")
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Mails, newest first, of one state if it is named; the text is not shown: it may hold a link for its receiver."""
    state = request.GET.get("state", "")
    shown = Paginator(queries.messages_newest_first(state), MAILS_A_PAGE).get_page(request.GET.get("page"))
    numbers = queries.number_by_state()
    states = [(code, label, numbers.get(code, 0)) for code, label in State.choices if code in numbers or code == state]
    return render(
        request,
        "outbox/mails.html",
        {"page_obj": shown, "states": states, "state": state, "number": sum(numbers.values())},
    )


@permitted("outbox.retry", find=queries.given_up)
@require_POST
def try_again(request: HttpRequest, message: Message) -> HttpResponse:
    """Put a letter that was given up into the queue again."""
    operations.try_again(message=message, by=request.user, at=timezone.now())
    messages.success(request, _("The letter is in the queue again."))
    return go_to(request, "outbox:mails")
