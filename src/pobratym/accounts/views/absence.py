"""Who stands in while one is away."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pobratym.accounts import operations, people_forms, queries
from pobratym.accounts.models import Absence, User
from pobratym.ui.pages import go_to, page, permitted, refuse, signed_in
from pobratym.vocabulary.refusals import Refusal


@require_http_methods(["GET", "POST"])
@signed_in
def absence(request: HttpRequest) -> HttpResponse:
    """Name a substitute, and see for whom one stands in oneself."""
    person, at = cast("User", request.user), timezone.now()
    bodies = queries.bodies_of_absences(person, at)
    form = people_forms.NameSubstitute(
        request.POST or None,
        bodies=bodies,
        colleagues=queries.colleagues_of_any(person, bodies, at),
        initial={"first_day": timezone.localdate(at)},
    )
    if form.is_valid():
        begin, end = form.period(at)
        try:
            operations.name_substitute(
                body=form.cleaned_data["body"],
                substitute=form.cleaned_data["substitute"],
                holds_from=begin,
                holds_to=end,
                language=get_language() or "uk",
                by=person,
                at=at,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your substitute is named and told by mail."))
            return go_to(request, "accounts:absence")
    shown = {"section": "me", "absences": list(queries.absences_of(person, at)), "may_name": bodies.exists(), "at": at}
    return page(request, "accounts/absence.html", shown, form=form)


@permitted("accounts.end_absence", find=queries.absences_for_page)
@require_POST
def end_absence(request: HttpRequest, absence: Absence) -> HttpResponse:
    """End a substitution early, as the one who is back or as the one who stands in."""
    operations.end_absence(absence=absence, by=cast("User", request.user), at=timezone.now())
    messages.success(request, _("The substitution is ended."))
    return go_to(request, "accounts:absence")
