"""A partnership as a story, and the page where a party signs."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pobratym.accounts.models import User
from pobratym.accounts.queries import waiting_for_second
from pobratym.accounts.stepping_up import fresh_when_sent
from pobratym.agreements.queries import paper
from pobratym.audit import watching
from pobratym.audit.queries import history_of, reference
from pobratym.newsroom import queries as newsroom
from pobratym.organisations import takedown
from pobratym.organisations.details import details_for
from pobratym.partnerships import queries as partnerships
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.models import Partnership, PartnershipQuerySet
from pobratym.portal import forms, operations, queries
from pobratym.ui.pages import go_to, page, permitted, refuse
from pobratym.vocabulary.refusals import Refusal


def _visible(user: object) -> PartnershipQuerySet:
    return partnerships.visible_to(user)


@require_safe
@permitted("partnerships.read", find=_visible)
def partnership(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Stages, what is next, six directions, voices, documents, chronicle."""
    now = timezone.now()
    may_edit = request.user.has_perm("partnerships.edit", partnership)
    language = get_language() or "uk"
    today = timezone.localdate(now)
    details = details_for(request.user, today)
    places = queries.where(partnership)
    rows = partnerships.scorecard(partnership, request.user, coarse=partnerships.details_hidden(partnership, details))
    documents = partnerships.documents_of(partnership, request.user)
    watching.shown(request, [*partnerships.records_in(rows), *(document.record for document in documents)])
    news = list(newsroom.about_partnership(partnership, language))
    return page(
        request,
        "portal/partnership.html",
        {
            "section": "partnerships",
            "partnership": partnership,
            "steps": partnerships.stages_of(partnership, request.user),
            "next": partnerships.next_step(partnership, request.user, on=today),
            "rows": rows,
            "documents": documents,
            "quotations": list(newsroom.quotations_of(partnership, language)),
            "chronicle": queries.chronicle(partnership, request.user, news, today),
            "parties": partnerships.parties_of(partnership, request.user, today, details),
            "is_taken_down": request.user.is_authenticated and takedown.is_hidden(partnership),
            "notices": partnerships.status_notices([partnership], request.user, today),
            "details_hidden": partnerships.details_hidden(partnership, details),
            "may_edit": may_edit,
            "asked_to_show": may_edit and waiting_for_second(reference(partnership)) is not None,
            "is_ahead": partnership.stage in {Stage.CONTACT, Stage.INTENT},
            "distance": queries.distance_between(places),
            "places": places,
            "history": history_of(partnership, last=10) if may_edit else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.sign", find=_visible)
@fresh_when_sent
def sign(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Read the agreed text and sign it for one's body."""
    user = cast("User", request.user)
    now = timezone.now()
    agreement, party = queries.to_sign(partnership, user)
    today = timezone.localdate(now)
    # A paper is mostly signed by all on one day.
    likely = max((place.signed_on for place in agreement.parties.all() if place.signed_on), default=today)
    form = forms.Sign(request.POST or None, party=party, today=today, likely=likely)
    if form.is_valid():
        try:
            signed = operations.sign(
                partnership=partnership, agreement=agreement, party=party, by=user, at=now, **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request,
                _("Signed by all. A news draft waits for an editor.") if signed else _("Your signature is recorded."),
            )
            return go_to(request, "portal:partnership", pk=partnership.pk)
    shown = paper(agreement, timezone.localdate(now), user)
    return page(
        request,
        "portal/sign.html",
        {"section": "partnerships", "partnership": partnership, "agreement": agreement, "party": party} | shown,
        form=form,
    )
