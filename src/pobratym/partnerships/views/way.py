"""The way of a partnership: the memorandum's draft, decisions, stages, conditions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pobratym.accounts.choices import Role
from pobratym.accounts.rules import speaks_for
from pobratym.organisations.models import Body
from pobratym.partnerships import forms, operations, queries
from pobratym.partnerships.models import Partnership
from pobratym.partnerships.views.acting import Act, act, person
from pobratym.ui.pages import go_to, page, permitted


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.edit", find=queries.partnerships_for_page)
def draft(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Draft the memorandum from the template, filled from the record."""
    if request.method == "POST":
        own = [party.body for party in partnership.present if speaks_for(request.user, party.body_id, Role.COORDINATOR)]
        paper = operations.draft_memorandum(
            partnership=partnership, written_for=own[0], by=person(request), at=timezone.now()
        )
        return go_to(request, "agreements:agreement", pk=paper.pk)
    return page(request, "partnerships/draft.html", {"section": "partnerships", "partnership": partnership})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.edit", find=queries.partnerships_for_page)
def decision(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Add a decision of a party's council."""
    bodies = Body.objects.filter(pk__in=[party.body_id for party in partnership.present])
    form = forms.Decision(request.POST or None, bodies=bodies)
    return act(
        request,
        form,
        lambda: operations.add_decision(
            partnership=partnership, by=person(request), at=timezone.now(), **form.cleaned_data
        ),
        lambda _made: go_to(request, "portal:partnership", pk=partnership.pk),
        Act(_("Add a decision of a council"), _("Add the decision"), partnership),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.edit", find=queries.partnerships_for_page)
def stage(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Record that a stage was reached."""
    form = forms.Reach(request.POST or None, partnership=partnership)
    return act(
        request,
        form,
        lambda: operations.reach_stage(
            partnership=partnership, by=person(request), at=timezone.now(), **form.cleaned_data
        ),
        lambda _made: go_to(request, "portal:partnership", pk=partnership.pk),
        Act(_("Record a stage"), _("Record the stage"), partnership),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("partnerships.edit", find=queries.partnerships_for_page)
def condition(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Suspend, resume or end."""
    form = forms.Condition(request.POST or None, partnership=partnership)

    def carry_out() -> Any:
        values = dict(form.cleaned_data)
        what, on, until = values.pop("what"), values.pop("on"), values.pop("suspended_to")
        shared: dict[str, Any] = {"partnership": partnership, "by": person(request), "at": timezone.now()}
        if what == "resume":
            return operations.resume(resumed_on=on, version=values["version"], **shared)
        if what == "suspend":
            return operations.suspend(suspended_from=on, suspended_to=until, **values, **shared)
        return operations.end(ended_on=on, **values, **shared)

    what = Act(_("Suspend, resume or end"), _("Record"), partnership)
    return act(request, form, carry_out, lambda _made: go_to(request, "portal:partnership", pk=partnership.pk), what)
