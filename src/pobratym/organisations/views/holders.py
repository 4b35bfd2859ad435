"""Terms of office: entering, changing, ending. Who sees them is a page of accounts, where a second person stands."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pobratym.organisations import forms, listing, operations
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.views.acting import Act, act, person
from pobratym.ui.pages import go_to, permitted


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.enter_holder", find=listing.bodies_for_page)
def enter(request: HttpRequest, body: Body) -> HttpResponse:
    """Enter who holds an office of the body; the team sees it, a second person may agree to show it."""
    form = forms.EnterHolder(request.POST or None)
    return act(
        request,
        form,
        lambda: operations.add_office_holder(body=body, by=person(request), at=timezone.now(), **form.entered),
        lambda _made: go_to(request, "organisations:body", pk=body.pk),
        Act(_("Enter an office-holder"), _("Enter"), body, _("The team sees the record until a second person agrees.")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.change_holder", find=listing.holders_for_page)
def change(request: HttpRequest, holder: OfficeHolder) -> HttpResponse:
    """Change a term of office."""
    form = forms.ChangeHolder(request.POST or None, holder=holder)
    return act(
        request,
        form,
        lambda: operations.change_office_holder(holder=holder, by=person(request), at=timezone.now(), **form.entered),
        lambda _made: go_to(request, "organisations:body", pk=holder.body_id),
        Act(_("Change the office-holder"), _("Save"), holder.body, holder.post),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permitted("organisations.change_holder", find=listing.holders_for_page)
def end(request: HttpRequest, holder: OfficeHolder) -> HttpResponse:
    """Record the day from which the person holds the office no more."""
    form = forms.EndHolder(request.POST or None, holder=holder)
    return act(
        request,
        form,
        lambda: operations.end_office_holder(holder=holder, by=person(request), at=timezone.now(), **form.cleaned_data),
        lambda _made: go_to(request, "organisations:body", pk=holder.body_id),
        Act(_("End the term of office"), _("Record"), holder.body, str(holder)),
    )
