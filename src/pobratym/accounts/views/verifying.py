"""What a moderator does with a request to join, and with a body that nobody asked for."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pobratym.accounts import joining_forms as forms
from pobratym.accounts import operations as accounts
from pobratym.accounts.joining import Joining
from pobratym.accounts.models import User
from pobratym.accounts.operations import joining as operations
from pobratym.accounts.operations.verifying import record_verification
from pobratym.accounts.queries import waiting_for_second
from pobratym.accounts.stepping_up import fresh
from pobratym.accounts.views.joining import done, is_here, moderator
from pobratym.audit.queries import history_of, reference
from pobratym.limits.rates import limited
from pobratym.organisations.addresses import is_governmental, is_of_site
from pobratym.organisations.listing import bodies_for_page, holders_for_page
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.operations import set_office_holder_visibility
from pobratym.organisations.queries import acting_body
from pobratym.organisations.visibility import circle_of, raises
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal

PER_PAGE = 50
DECIDED_SHOWN = 20


def joinings_for_page(user: object) -> QuerySet[Joining]:
    """Requests that reached the moderators; nobody else finds one."""
    found = Joining.objects.confirmed().select_related(
        "unit__oblast", "unit__raion", "unit__hromada", "body", "decided_by"
    )
    return found if circle_of(user).is_moderator else found.none()


@require_safe
@permitted("accounts.verify")
def joinings(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, and what was decided last."""
    mine = joinings_for_page(request.user)
    waiting = mine.filter(closed_at=None).order_by("confirmed_at", "pk")
    context = {
        "section": "desk",
        "page_obj": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "decided": list(mine.exclude(closed_at=None).order_by("-closed_at", "-pk")[:DECIDED_SHOWN]),
    }
    return page(request, "accounts/joining/list.html", context)


@require_safe
@permitted("accounts.verify", find=joinings_for_page)
def joining(request: HttpRequest, joining: Joining) -> HttpResponse:
    """The request with the body, its official address and what speaks for it."""
    return _request_page(request, joining)


def _request_page(
    request: HttpRequest,
    joining: Joining,
    *,
    letter: forms.Letter | None = None,
    refusal: forms.Refuse | None = None,
) -> HttpResponse:
    now = timezone.now()
    body = joining.body if joining.closed_at else acting_body(joining.unit, timezone.localdate(now)) or joining.body
    email = body.official_email if body else ""
    context: dict[str, Any] = {
        "section": "desk",
        "joining": joining,
        "body": body,
        "is_here": is_here(body) and not joining.closed_at,
        "is_governmental": is_governmental(email),
        "is_of_site": body is not None and is_of_site(email, body.website),
        "link_works": joining.awaits_answer(now),
        "official_answers": ",".join((_("yes"), _("no"))),
        "letter_form": letter or forms.Letter(auto_id="letter_%s"),
        "refuse_form": refusal or forms.Refuse(auto_id="refuse_%s"),
        "history": history_of(joining),
    }
    return page(request, "accounts/joining/joining.html", context, form=letter or refusal)


@require_POST
@permitted("accounts.verify", find=joinings_for_page)
@limited("propose")
def send(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Send the link to the official address."""
    operations.send_official_link(joining=joining, by=moderator(request), at=timezone.now())
    return done(request, _("The link is on its way to the official address."), joining.pk)


@require_POST
@permitted("accounts.verify", find=joinings_for_page)
def letter(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Record the body's letter."""
    form = forms.Letter(request.POST, auto_id="letter_%s")
    if form.is_valid():
        try:
            operations.record_letter(joining=joining, by=moderator(request), at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return done(request, _("The letter is recorded."), joining.pk)
    return _request_page(request, joining, letter=form)


@require_POST
@permitted("accounts.verify", find=joinings_for_page)
@fresh
def accept(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Invite the person as the first coordinator."""
    operations.accept_joining(joining=joining, by=moderator(request), at=timezone.now())
    return done(request, _("Accepted: the invitation is on its way."), joining.pk)


@require_POST
@permitted("accounts.verify", find=joinings_for_page)
def refuse_request(request: HttpRequest, joining: Joining) -> HttpResponse:
    """Refuse with a reason of the list and a sentence."""
    form = forms.Refuse(request.POST, auto_id="refuse_%s")
    if form.is_valid():
        operations.refuse_joining(joining=joining, by=moderator(request), at=timezone.now(), **form.cleaned_data)
        return done(request, _("Refused: the asker is told why."), joining.pk)
    return _request_page(request, joining, refusal=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("accounts.verify", find=bodies_for_page)
@fresh
def verify_body(request: HttpRequest, body: Body) -> HttpResponse:
    """Record by what the first person of a body was verified, then go on to the invitation."""
    form = forms.Verify(request.POST or None)
    if form.is_valid():
        try:
            record_verification(body=body, by=moderator(request), at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return go_to(request, f"{reverse('accounts:invite')}?body={body.pk}")
    return page(request, "accounts/joining/verify.html", {"section": "places", "body": body}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("accounts.show_office", find=holders_for_page)
@fresh
def show_office(request: HttpRequest, holder: OfficeHolder) -> HttpResponse:
    """Show an office-holder to fewer people at once, or ask a second person to show it to more."""
    form = forms.ShowOffice(request.POST or None, holder=holder)
    if form.is_valid():
        to, by, at = form.cleaned_data["visibility"], moderator(request), timezone.now()
        try:
            if raises(holder.visibility, to):
                _ask(holder, to, by, at)
            else:
                set_office_holder_visibility(holder=holder, visibility=to, by=by, at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return go_to(request, "organisations:body", pk=holder.body_id)
    context = {"section": "places", "holder": holder, "wish": waiting_for_second(reference(holder))}
    return page(request, "accounts/office.html", context, form=form)


def _ask(holder: OfficeHolder, to: str, by: User, at: Any) -> None:
    accounts.ask_second(subject=holder, title=f"{holder}, {holder.body.short_name}", raise_to=to, by=by, at=at)
