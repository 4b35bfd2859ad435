"""People of a body: who does what, whom to invite, whose role ends."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.accounts import forms, operations, queries
from pobratym.accounts.models import Membership, User
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal

PEOPLE_A_PAGE = 100


@permitted("accounts.see_people")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who does what: a coordinator sees own bodies, a moderator all."""
    at = timezone.now()
    found = queries.memberships_for_page(request.user).current(at)
    shown = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    invited = queries.open_invitations(request.user, at)[:PEOPLE_A_PAGE]
    return render(request, "accounts/people.html", {"page_obj": shown, "invitations": invited})


@permitted("accounts.see_people")
@require_http_methods(["GET", "POST"])
@limited("propose")
def invite(request: HttpRequest) -> HttpResponse:
    """Invite an address into a role."""
    form = forms.Invite(
        request.POST or None,
        initial={"body": request.GET.get("body"), "role": "coordinator"},
        bodies=queries.bodies_to_invite_for(request.user),
        whole_platform=request.user.has_perm("accounts.invite_to_platform"),
    )
    if form.is_valid():
        _check_may_invite(request, form.cleaned_data["body"])
        try:
            operations.invite(
                by=cast("User", request.user), at=timezone.now(), language=get_language() or "uk", **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way."))
            return go_to(request, "accounts:people")
    return page(request, "accounts/invite.html", {}, form=form)


def _check_may_invite(request: HttpRequest, body: Any) -> None:
    permission = "accounts.invite_to_platform" if body is None else "accounts.invite"
    if not request.user.has_perm(permission, body):
        raise PermissionDenied


@permitted("accounts.end_membership", find=queries.memberships_for_page)
@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, membership: Membership) -> HttpResponse:
    """End somebody's role, after a page that asks once more."""
    if request.method == "POST":
        operations.end_membership(membership=membership, by=cast("User", request.user), at=timezone.now())
        messages.success(request, _("The role is ended."))
        return go_to(request, "accounts:people")
    return render(request, "accounts/end_membership.html", {"membership": membership})
