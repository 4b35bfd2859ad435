"""Choosing what one hears of, and declining letters by the link in them."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pobratym.accounts.models import User
from pobratym.notices import links, operations, queries
from pobratym.notices.forms import Preferences
from pobratym.notices.kinds import labels, offered_to
from pobratym.ui.pages import go_to, page, public, refuse, signed_in
from pobratym.vocabulary.refusals import Refusal


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """When one hears of what, in which language and on which day."""
    person = cast("User", request.user)
    form = Preferences(
        request.POST or None,
        kinds=offered_to(person),
        chosen=queries.chosen_by(person),
        correspondence=queries.correspondence_of(person),
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose(person=person, by=person, at=timezone.now(), **form.changed())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return go_to(request, "notices:preferences")
    return page(request, "notices/preferences.html", {}, form=form)


# A mail program sends this without a session and without our form: what it may do is in the signed address alone.
@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End letters by one click (RFC 8058). Opening the address changes nothing: programs open it to look for harm."""
    ticket = links.read(token)
    if ticket is None or not User.objects.filter(pk=ticket.person_id).exists():
        raise Http404
    shown = {"labels": [labels.get(kind, kind) for kind in ticket.kinds], "state": "ask", "again": ""}
    status = 200
    if request.POST.get("List-Unsubscribe") == "One-Click":
        before = operations.decline(ticket=ticket, at=timezone.now())
        shown |= {"state": "declined", "again": links.token_of(ticket.person_id, ticket.kinds, before)}
    elif "again" in request.POST:
        back = links.read(request.POST["again"])
        if back is None or (back.person_id, back.kinds) != (ticket.person_id, ticket.kinds):
            raise Http404
        operations.restore(ticket=back, at=timezone.now())
        shown["state"] = "restored"
    elif request.method == "POST":
        status = 422
    return render(request, "notices/unsubscribe.html", shown, status=status)
