"""The list of partnerships, and the wish to show one to everyone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pobratym.accounts.stepping_up import fresh
from pobratym.partnerships import operations, queries
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.views.acting import person
from pobratym.territory.queries import regions
from pobratym.ui.pages import go_to, page, permitted, public
from pobratym.vocabulary.choices import Direction

PER_PAGE = 20
FILTERS = ("stage", "oblast", "direction", "words")


@require_safe
@public
def partnerships(request: HttpRequest) -> HttpResponse:
    """All partnerships that the visitor may see, by stage, oblast, direction and words."""
    chosen: dict[str, Any] = {name: request.GET.get(name, "").replace("\0", "").strip() for name in FILTERS}
    found = queries.filtered(request.user, **chosen)
    context = {
        "section": "partnerships",
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "stages": Stage.choices,
        "directions": Direction.choices,
        "regions": regions(),
        "may_propose": request.user.has_perm("partnerships.propose"),
    }
    return page(request, "partnerships/list.html", context)


@require_POST
@permitted("partnerships.edit", find=queries.partnerships_for_page)
@fresh
def show(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Ask a second person to agree that everyone sees the partnership, or one record in it: `value=3`."""
    wished: dict[str, Any] = {"by": person(request), "at": timezone.now()}
    for name, rows in queries.showable_in(partnership, request.user).items():
        if number := request.POST.get(name, "")[:19]:
            key = int(number) if number.isascii() and number.isdigit() else 0
            record = get_object_or_404(rows, pk=key)
            operations.ask_to_show(record=record, **wished)
            messages.success(request, _("A second person has been asked to show it to everyone."))
            direction = queries.direction_in(record)
            if direction:
                return go_to(request, "partnerships:direction", pk=partnership.pk, direction=direction)
            return go_to(request, "portal:partnership", pk=partnership.pk)
    operations.ask_to_show(record=partnership, **wished)
    return go_to(request, "portal:partnership", pk=partnership.pk)
