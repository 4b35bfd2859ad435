"""Proposing a partnership to any number of communities, here and abroad, and inviting one more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pobratym.accounts.choices import Role
from pobratym.limits.rates import limited
from pobratym.organisations.models import Body
from pobratym.organisations.queries import acting_body
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships import forms, operations, queries
from pobratym.partnerships.keeping import PartyRefused
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.views.acting import Act, act, person
from pobratym.territory.models import Unit
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.propose")
@limited("propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a partnership to the bodies that act for one or more communities today."""
    mine = circle_of(request.user)
    own = Body.objects.filter(pk__in=[body for role, body in mine.roles if role == Role.COORDINATOR]).order_by("pk")
    if request.POST.get("more"):
        return _with_one_more(request, own)
    place = Unit.objects.filter(pk=request.GET.get("place", "")[:19].replace("\0", "")).first()
    initial = {"place": place, "subject_uk": request.GET.get("subject", "")[:200].replace("\0", "")}
    form = forms.Propose(request.POST or None, bodies=own, initial=initial)

    def carry_out() -> Partnership:
        values = dict(form.cleaned_data)
        bodies = bodies_of(values)
        return operations.propose(bodies=bodies, by=person(request), at=timezone.now(), **values)

    return act(request, form, carry_out, lambda made: go_to(request, "portal:partnership", pk=made.pk), _proposal())


def _with_one_more(request: HttpRequest, own: Any) -> HttpResponse:
    """Take the named community into the list and ask for the next one; nothing else is checked yet."""
    form = forms.Propose(request.POST, bodies=own, initial={}, is_gathering=True)
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            values["chosen"] = bodies_of(values)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            form = forms.Propose(None, bodies=own, initial=values)
    return page(request, "partnerships/act.html", {"section": "partnerships", "act": _proposal()}, form=form)


def _proposal() -> Act:
    return Act(
        _("Propose a partnership"),
        _("Send the proposal"),
        intro=_("The other side reads it at its desk, or by a one-time link to its official address."),
        more=_("Add one more community"),
    )


def bodies_of(values: dict[str, Any]) -> list[Body]:
    """Take the named places out of a form's values: each body once, in the order of naming. Raises PartyRefused."""
    place, abroad = values.pop("place"), values.pop("abroad")
    named = list(values.pop("chosen", []))
    if place is not None:
        named.append(body_of(place))
    if abroad is not None:
        named.append(abroad)
    return list(dict.fromkeys(named))


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
    """Invite one more community, here or abroad."""
    form = forms.Invite(request.POST or None)

    def carry_out() -> Any:
        body = bodies_of(dict(form.cleaned_data))[0]
        return operations.invite_party(partnership=partnership, body=body, by=person(request), at=timezone.now())

    what = Act(_("Invite one more community"), _("Invite"), partnership)
    return act(request, form, carry_out, lambda made: go_to(request, "partnerships:party", pk=made.pk), what)
