"""A community asks to join, its council answers, a moderator decides."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.accounts import joining_forms as forms
from pobratym.accounts.models import Membership, User
from pobratym.accounts.operations import joining as operations
from pobratym.limits.rates import limited
from pobratym.organisations.details import details_for
from pobratym.organisations.models import Body
from pobratym.organisations.queries import acting_body
from pobratym.territory.models import Unit
from pobratym.ui.pages import go_to, page, public, refuse
from pobratym.vocabulary.refusals import Refusal


@public
@require_http_methods(["GET", "HEAD", "POST"])
@limited("propose")
def join(request: HttpRequest) -> HttpResponse:
    """Choose the place, see who acts there and how it goes, then ask; both steps work without JavaScript."""
    where = forms.Where(request.GET if "place" in request.GET or "place-choice" in request.GET else None)
    if not where.is_valid():
        return page(request, "accounts/joining/join.html", {"section": "places"}, form=where)
    unit: Unit = where.cleaned_data["place"]
    form = forms.AskToJoin(request.POST or None)
    if form.is_valid():
        try:
            operations.ask_to_join(
                unit=unit, language=(get_language() or "uk")[:2], at=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return go_to(request, "accounts:join_sent")
    return page(request, "accounts/joining/join.html", _known_of(request, unit), form=form)


def _known_of(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    now = timezone.now()
    today = timezone.localdate(now)
    body = acting_body(unit, today)
    hidden = body is not None and details_for(request.user, today).hidden_at(unit, [body.pk])
    return {"section": "places", "unit": unit, "body": body, "is_hidden": hidden, "is_here": is_here(body)}


def is_here(body: Body | None) -> bool:
    """Whether the body has people on the platform now."""
    return body is not None and Membership.objects.filter(body=body).current(timezone.now()).exists()


@public
@require_safe
def join_sent(request: HttpRequest) -> HttpResponse:
    """The same answer to every request: it does not tell which addresses and requests are known."""
    title = _("Look into your mailbox")
    text = _(
        "If the request is new, a letter with a link is on its way; it works for two days. "
        "If no letter comes, look among spam, or ask again in ten minutes."
    )
    return render(request, "accounts/joining/said.html", {"title": title, "text": text})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("token")
def join_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The asker confirms the own address by a button: a mail scanner that opens links confirms nothing."""
    now = timezone.now()
    if request.method == "POST":
        operations.confirm_joining(token=token, at=now)
        title, text = (
            _("Thank you, the request is here"),
            _("A moderator now asks your council. The answer comes by mail."),
        )
        return render(request, "accounts/joining/said.html", {"title": title, "text": text})
    joining = operations.open_by_own_link(token=token, at=now)
    return render(request, "accounts/joining/confirm.html", {"joining": joining})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("token")
def join_official(request: HttpRequest, token: str) -> HttpResponse:
    """The official address says yes or no, by a button."""
    now = timezone.now()
    answer = request.POST.get("answer")
    if request.method == "POST" and answer in {"yes", "no"}:
        operations.answer_officially(token=token, agreed=answer == "yes", at=now)
        title = _("Thank you, the answer is here")
        text = _("A moderator decides now.") if answer == "yes" else _("Nobody is let in by this request.")
        return render(request, "accounts/joining/said.html", {"title": title, "text": text})
    joining = operations.open_by_official_link(token=token, at=now)
    return render(request, "accounts/joining/official.html", {"joining": joining})


def moderator(request: HttpRequest) -> User:
    """The signed-in person; the permission has made sure that it is a moderator."""
    return cast("User", request.user)


def done(request: HttpRequest, text: str, pk: int) -> HttpResponse:
    """Say it and go back to the request."""
    messages.success(request, text)
    return go_to(request, "accounts:joining", pk=pk)
