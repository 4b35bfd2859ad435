"""Suggestions for the picker of places."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pobratym.limits.rates import limited
from pobratym.territory.forms import Suggest, choice_name
from pobratym.territory.queries import SHORTEST, search_places
from pobratym.ui.pages import public


# The codifier changes a few times a year; a browser need not ask again for what it has.
@public
@require_safe
@limited("typeahead")
@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> HttpResponse:
    """At most ten places whose name has the typed text, as a fragment."""
    form = Suggest(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest(_("The picker’s field or kinds of places are missing."))
    field = form.cleaned_data["field"]
    text = request.GET.get(field, "").strip()
    asked = len(text) >= SHORTEST
    return render(
        request,
        "territory/_choices.html",
        {
            "choice_name": choice_name(field),
            "candidates": search_places(text, form.cleaned_data["kinds"]) if asked else [],
            "asked": asked,
        },
    )
