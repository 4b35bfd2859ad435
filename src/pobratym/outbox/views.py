"""The page of the outbox: what was sent, what waits, what was given up and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pobratym.outbox import queries
from pobratym.ui.pages import permitted

MAILS_A_PAGE = 50


@permitted("outbox.see")
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; the text is not shown, because it may hold a link for its receiver only."""
    shown = Paginator(queries.messages_newest_first(), MAILS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "outbox/mails.html", {"page_obj": shown})
