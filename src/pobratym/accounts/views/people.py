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

from pobratym.accounts import forms, operations, people_forms, queries, rules
from pobratym.accounts.choices import SUBSTITUTED_ROLES
from pobratym.accounts.models import Membership, User
from pobratym.limits.rates import limited
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal

PEOPLE_A_PAGE = 100
HAND_OVERS_SHOWN = 20


@permitted("accounts.see_people")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who does what: a coordinator sees own bodies, a moderator all."""
    at = timezone.now()
    found = queries.memberships_for_page(request.user).current(at)
    shown = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    bodies = frozenset(member.body_id for member in shown.object_list if member.body_id is not None)
    short = {body.pk for body in queries.bodies_short_of_coordinators(at, bodies)}
    away = queries.acting_now(bodies, at)
    for member in shown.object_list:
        member.body_is_short = member.body_id in short
        member.absence = away.get((member.body_id, member.person_id)) if member.role in SUBSTITUTED_ROLES else None
    context = {
        "page_obj": shown,
        "invitations": queries.open_invitations(request.user, at)[:PEOPLE_A_PAGE],
        "hand_overs": queries.hand_overs_for_page(request.user)[:HAND_OVERS_SHOWN],
    }
    return render(request, "accounts/people.html", context)


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
    at = timezone.now()
    is_last = queries.is_the_last(membership, at)
    form = people_forms.EndRole(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.end_membership(
                membership=membership,
                reason=form.cleaned_data["reason"] if is_last else "",
                by=cast("User", request.user),
                at=at,
            )
        except operations.LastCoordinator as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The role is ended."))
            return go_to(request, "accounts:people")
    context = {"membership": membership, "is_last": is_last, "may_name_reason": rules.is_moderator(request.user)}
    return page(request, "accounts/end_membership.html", context, form=form)
