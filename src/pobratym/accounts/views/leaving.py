"""Handing a role over, and the bodies where it would leave nobody."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.accounts import handover as seam
from pobratym.accounts import operations, people_forms, queries
from pobratym.accounts.models import HandOver, Membership, User
from pobratym.accounts.stepping_up import fresh
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


@permitted("accounts.hand_over", find=queries.memberships_for_page)
@fresh
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Choose the successor and see what is open."""
    at = timezone.now()
    form = people_forms.HandOver(request.POST or None, successors=queries.successors_for(membership, at))
    if form.is_valid():
        try:
            done = operations.hand_over(
                membership=membership,
                language=get_language() or "uk",
                by=cast("User", request.user),
                at=at,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The role is handed over.") if done.done_at else _("The successor is invited."))
            # Who hands over the own last role may not see the people any more.
            person = cast("User", request.user)
            person.forget_circle()
            seen = person.has_perm("accounts.see_people")
            return go_to(request, "accounts:people" if seen else "accounts:me")
    open_things = [(kind.title, things) for kind, things in seam.open_for(membership, at)]
    return page(request, "accounts/hand_over.html", {"membership": membership, "open": open_things}, form=form)


@permitted("accounts.withdraw_hand_over", find=queries.hand_overs_for_page)
@require_POST
def withdraw_hand_over(request: HttpRequest, handover: HandOver) -> HttpResponse:
    """Take back a hand-over that waits for an invited person."""
    operations.withdraw_hand_over(handover=handover, by=cast("User", request.user), at=timezone.now())
    messages.success(request, _("The hand-over is taken back; the role stays where it is."))
    return go_to(request, "accounts:people")


@permitted("accounts.see_bodies_short")
@require_safe
def bodies_short(request: HttpRequest) -> HttpResponse:
    """Bodies with fewer than two coordinators, for moderators."""
    found = queries.bodies_short_of_coordinators(timezone.now())
    return render(request, "accounts/bodies_short.html", {"bodies": found})
