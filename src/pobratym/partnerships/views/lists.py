"""The list of partnerships, and the proposal of a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.accounts.choices import Role
from pobratym.accounts.stepping_up import fresh
from pobratym.limits.rates import limited
from pobratym.organisations.models import Body
from pobratym.organisations.queries import acting_body
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships import forms, operations, queries
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.keeping import PartyRefused
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.views.acting import Act, act, person
from pobratym.territory.models import Unit
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


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.propose")
@limited("propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a partnership to the body that acts for a community today."""
    mine = circle_of(request.user)
    own = [body for role, body in mine.roles if role == Role.COORDINATOR]
    place = Unit.objects.filter(pk=request.GET.get("place", "")[:19].replace("\0", "")).first()
    form = forms.Propose(
        request.POST or None,
        bodies=Body.objects.filter(pk__in=own).order_by("pk"),
        initial={"place": place, "subject_uk": request.GET.get("subject", "")[:200].replace("\0", "")},
    )

    def carry_out() -> Partnership:
        values = dict(form.cleaned_data)
        bodies = [body_of(values.pop("place"))]
        return operations.propose(bodies=bodies, by=person(request), at=timezone.now(), **values)

    what = Act(
        _("Propose a partnership"),
        _("Send the proposal"),
        intro=_("The other side reads it at its desk, or by a one-time link to its official address."),
    )
    return act(request, form, carry_out, lambda made: go_to(request, "portal:partnership", pk=made.pk), what)


def body_of(unit: Unit) -> Body:
    """The body that acts for the community today. Raises PartyRefused."""
    body = acting_body(unit, timezone.localdate())
    if body is None:
        raise PartyRefused(
            _("No body of this community is entered here yet. Ask a moderator to enter its council first."),
            field="place",
        )
    return body


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.edit", find=queries.partnerships_for_page)
@limited("propose")
def invite(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Invite one more community."""
    form = forms.Invite(request.POST or None)

    def carry_out() -> Any:
        body = body_of(form.cleaned_data["place"])
        return operations.invite_party(partnership=partnership, body=body, by=person(request), at=timezone.now())

    what = Act(_("Invite one more community"), _("Invite"), partnership)
    return act(request, form, carry_out, lambda made: go_to(request, "partnerships:party", pk=made.pk), what)


@require_POST
@permitted("partnerships.edit", find=queries.partnerships_for_page)
@fresh
def show(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Ask a second person to agree that everyone sees the partnership, or one of its commitments."""
    wished: dict[str, Any] = {"by": person(request), "at": timezone.now()}
    if number := request.POST.get("commitment", "")[:19]:
        key = int(number) if number.isascii() and number.isdigit() else 0
        mine = queries.commitments_for_page(request.user).filter(partnership=partnership)
        commitment = get_object_or_404(mine, pk=key)
        operations.ask_to_show(record=commitment, **wished)
        return go_to(request, "partnerships:direction", pk=partnership.pk, direction=commitment.direction)
    operations.ask_to_show(record=partnership, **wished)
    return go_to(request, "portal:partnership", pk=partnership.pk)
