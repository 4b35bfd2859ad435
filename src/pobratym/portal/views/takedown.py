"""Taking an enterprise out of sight: enter the code, see what is reached, confirm; and ending such an order."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.accounts.models import User
from pobratym.accounts.stepping_up import fresh
from pobratym.audit.queries import history_of
from pobratym.organisations.operations.takedown import lift_takedown as lift
from pobratym.organisations.operations.takedown import take_down as order_takedown
from pobratym.organisations.queries import takedowns as all_takedowns
from pobratym.organisations.takedown import Takedown
from pobratym.portal import forms, queries
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


@require_safe
@permitted("portal.take_down")
@never_cache
def takedowns(request: HttpRequest) -> HttpResponse:
    """All orders, those in force first, with who recorded them."""
    orders = list(all_takedowns())
    context = {"section": "desk", "orders": orders, "lines": history_of(*orders) if orders else []}
    return page(request, "portal/takedowns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("portal.take_down")
@never_cache
@fresh
def take_down(request: HttpRequest) -> HttpResponse:
    """Look first: the same form, handed in without the button of the order, shows what it would hide."""
    form = forms.TakeDown(request.POST or None)
    context: dict[str, Any] = {"section": "desk", "reached": None}
    if not form.is_valid():
        return page(request, "portal/take_down.html", context, form=form)
    given = dict(form.cleaned_data)
    context["reached"] = queries.reached(given.pop("pattern"))
    if "order" in request.POST:
        try:
            order_takedown(by=cast("User", request.user), at=timezone.now(), **given)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The order is in force: readers outside find none of this any more."))
            return go_to(request, "portal:takedowns")
    return page(request, "portal/take_down.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("portal.take_down", find=lambda _user: all_takedowns())
@never_cache
@fresh
def lift_takedown(request: HttpRequest, order: Takedown) -> HttpResponse:
    """End an order; what it hid is shown again as before."""
    form = forms.Lift(request.POST or None)
    if form.is_valid():
        try:
            lift(order=order, by=cast("User", request.user), at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The order has ended. What it hid is shown as before."))
            return go_to(request, "portal:takedowns")
    return page(request, "portal/lift_takedown.html", {"section": "desk", "order": order}, form=form)
