"""The list of bodies, one body, and what a moderator or its coordinator changes."""

import re

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.audit import watching
from pobratym.audit.queries import history_of
from pobratym.limits.rates import limited
from pobratym.organisations import forms, listing, operations, queries
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.details import details_for
from pobratym.organisations.fields import SHORTEST, SUGGESTIONS, choice_name
from pobratym.organisations.models import Body
from pobratym.organisations.presence import present
from pobratym.organisations.views.acting import Act, act, person
from pobratym.territory.models import Unit
from pobratym.ui.pages import go_to, page, permitted, public

PER_PAGE = 50
FIELD = re.compile(r"[A-Za-z][\w-]{0,60}")


@require_safe
@public
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies by a part of a name or the code, and by kind."""
    chosen = {name: request.GET.get(name, "").replace("\0", "").strip()[:80] for name in ("words", "kind")}
    found = listing.found(chosen["words"], chosen["kind"]).visible_to(request.user)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    here = present([body.pk for body in shown], now)
    today = timezone.localdate(now)
    context = {
        "section": "places",
        "page_obj": shown,
        "rows": [(body, bool(here[body.pk]), body.acts_to is not None and body.acts_to <= today) for body in shown],
        "chosen": chosen,
        "kinds": BodyKind.choices,
        "may_enter": request.user.has_perm("organisations.enter"),
    }
    return page(request, "organisations/bodies.html", context)


@require_safe
@permitted("organisations.read", find=listing.bodies_for_page)
def body(request: HttpRequest, body: Body) -> HttpResponse:
    """What is public of a body, its office-holders as the reader may see them, and who of it is here."""
    now = timezone.now()
    today = timezone.localdate(now)
    user = request.user
    details = details_for(user, today)
    hidden = details.hidden_at(body.unit, [body.pk])
    holders = list(queries.office_holders(body, today, user, details))
    ended = [] if hidden else list(listing.ended_holders(body, today, user))
    watching.shown(request, [*holders, *ended])
    context = {
        "section": "places",
        "body": body,
        "is_hidden": hidden,
        "has_ended": body.acts_to is not None and body.acts_to <= today,
        "holders": holders,
        "ended": ended,
        "present": present([body.pk], now)[body.pk],
        "successors": list(listing.followers_of(body, user)),
        "may_change": user.has_perm("organisations.change", body),
        "may_end": user.has_perm("organisations.end", body),
        "may_enter_holder": user.has_perm("organisations.enter_holder", body),
        "history": history_of(body) if user.has_perm("organisations.see_history", body) else None,
    }
    return page(request, "organisations/body.html", context)


@public
@require_safe
@limited("typeahead")
def suggest_abroad(request: HttpRequest) -> HttpResponse:
    """At most ten municipalities abroad whose name has the typed text, as a fragment."""
    field = request.GET.get("field", "")
    if not FIELD.fullmatch(field):
        return HttpResponseBadRequest(_("The picker’s field is missing."))
    text = request.GET.get(field, "").replace("\0", "").strip()
    asked = len(text) >= SHORTEST
    found = listing.abroad_named(text, timezone.localdate(), request.user)[:SUGGESTIONS] if asked else []
    context = {"choice_name": choice_name(field), "candidates": found, "asked": asked}
    return page(request, "organisations/_abroad_choices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.enter")
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a body of a territory in Ukraine."""
    unit = Unit.objects.with_parents().filter(pk=request.GET.get("place", "")[:19].replace("\0", "")).first()
    names = {"short_name_uk": unit.short_name, "short_name_en": unit.name_en} if unit else {}
    form = forms.EnterBody(request.POST or None, initial={"unit": unit, **names})
    return act(
        request,
        form,
        lambda: operations.add_body(by=person(request), at=timezone.now(), **form.entered),
        lambda made: go_to(request, "organisations:body", pk=made.pk),
        Act(
            _("Enter a body"), _("Enter"), intro=_("Check the data against the body’s own site or the state register.")
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.enter")
def enter_abroad(request: HttpRequest) -> HttpResponse:
    """Enter a community of another country with its municipality."""
    form = forms.EnterAbroad(request.POST or None)
    return act(
        request,
        form,
        lambda: operations.enter_abroad(by=person(request), at=timezone.now(), **form.cleaned_data),
        lambda made: go_to(request, "organisations:body", pk=made.pk),
        Act(_("Enter a community abroad"), _("Enter"), intro=_("Give at least one of the numbers, if there is one.")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.change", find=listing.bodies_for_page)
def change(request: HttpRequest, body: Body) -> HttpResponse:
    """Change all facts as a moderator, contacts and English names as a coordinator of the body."""
    form: forms.ChangeContacts
    if request.user.has_perm("organisations.change_facts", body):
        form = forms.ChangeBody(request.POST or None, body=body)
    else:
        form = forms.ChangeContacts(request.POST or None, body=body)

    def carry_out() -> Body:
        values = form.entered if isinstance(form, forms.ChangeBody) else form.cleaned_data
        return operations.change_body(body=body, by=person(request), at=timezone.now(), **values)

    what = Act(_("Change the body’s data"), _("Save"), body)
    return act(request, form, carry_out, lambda _made: go_to(request, "organisations:body", pk=body.pk), what)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.end", find=listing.bodies_for_page)
def end(request: HttpRequest, body: Body) -> HttpResponse:
    """Record the day from which the body acts no more."""
    form = forms.EndBody(request.POST or None, body=body)
    return act(
        request,
        form,
        lambda: operations.end_body(body=body, by=person(request), at=timezone.now(), **form.cleaned_data),
        lambda _made: go_to(request, "organisations:body", pk=body.pk),
        Act(_("End the body"), _("Record"), body, _("The roles of its people end with it; what they did stays.")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.end", find=listing.bodies_for_page)
def follow(request: HttpRequest, body: Body) -> HttpResponse:
    """Enter the body that follows: a military administration formed by decree, or the council that returns."""
    form = forms.FollowBody(request.POST or None, body=body)
    intro = _(
        "It acts for the same territory. Its people are not carried over: it joins anew, verified by a moderator."
    )
    return act(
        request,
        form,
        lambda: operations.follow_body(body=body, by=person(request), at=timezone.now(), **form.entered),
        lambda made: go_to(request, "organisations:body", pk=made.pk),
        Act(_("Enter the body that follows"), _("Enter"), body, intro),
    )
