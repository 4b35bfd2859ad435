"""The editors' desk and the steps of an item's life."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pobratym.accounts.models import User
from pobratym.newsroom import operations, queries
from pobratym.newsroom.models import Publication
from pobratym.newsroom.views.showing import item_page
from pobratym.ui.pages import go_to, permitted
from pobratym.vocabulary.refusals import Refusal


@require_safe
@permitted("newsroom.write")
def review(request: HttpRequest) -> HttpResponse:
    """What waits for this editor, and the own unfinished items."""
    user = cast("User", request.user)
    context = {
        "section": "desk",
        "edits": user.has_perm("newsroom.review"),
        "waiting": queries.waiting_for(user),
        "own": queries.unfinished_of(user),
    }
    return render(request, "newsroom/review.html", context)


@require_POST
@permitted("newsroom.edit", find=queries.for_page)
def submit(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Hand a draft to the editors."""
    return _step(request, publication, operations.submit_for_review, _("The draft is handed to the editors."))


@require_POST
@permitted("newsroom.publish", find=queries.for_page)
def publish(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Show an item to everyone."""
    return _step(request, publication, operations.publish, _("The item is published."))


@require_POST
@permitted("newsroom.publish", find=queries.for_page)
def return_to_draft(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Give an item back to its writer."""
    said = _("The item is returned to its writer.")
    return _step(request, publication, operations.return_to_draft, said, reason=request.POST.get("reason", ""))


@require_POST
@permitted("newsroom.withdraw", find=queries.for_page)
def withdraw(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Take an item away from readers."""
    said = _("The item is withdrawn.")
    return _step(request, publication, operations.withdraw, said, reason=request.POST.get("reason", ""))


def _step(
    request: HttpRequest, publication: Publication, operation: Callable[..., Publication], said: str, **facts: str
) -> HttpResponse:
    """Take the step, or show the item again with the refusal."""
    try:
        operation(publication=publication, by=cast("User", request.user), at=timezone.now(), **facts)
    except Refusal as refusal:
        return item_page(request, publication, refusal)
    messages.success(request, said)
    return go_to(request, "newsroom:item", pk=publication.pk)
