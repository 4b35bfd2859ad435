"""The country, an oblast, a raion, a community: where it is, with whom it works, what is written about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pobratym.audit import watching
from pobratym.newsroom import queries as newsroom
from pobratym.organisations import queries as organisations
from pobratym.organisations.presence import present
from pobratym.partnerships import queries as partnerships
from pobratym.portal import queries
from pobratym.territory import queries as territory
from pobratym.territory.choices import Kind
from pobratym.ui.pages import go_to, page, public

TEMPLATES = {
    Kind.OBLAST: "portal/oblast.html",
    Kind.RAION: "portal/raion.html",
    Kind.HROMADA: "portal/community.html",
    Kind.SPECIAL_CITY: "portal/community.html",
}


@require_safe
@public
def country(request: HttpRequest) -> HttpResponse:
    """All oblasts as a map and as a list."""
    regions = queries.communities_by_region()
    links = {region.region_code: reverse("portal:place", args=[region.pk]) for region, _communities in regions}
    return page(request, "portal/country.html", {"section": "places", "regions": regions, "links": links})


@require_safe
@public
def place(request: HttpRequest, code: str) -> HttpResponse:
    """One unit of the codifier; a settlement leads to its community."""
    unit = get_object_or_404(territory.units_for_page(), pk=code)
    if unit.kind not in TEMPLATES:
        return go_to(request, "portal:place", unit.hromada_id or unit.oblast_id)
    now = timezone.now()
    today = timezone.localdate(now)
    language = get_language() or "uk"
    codes = queries.codes_within(unit)
    details = partnerships.working_details(request.user, today)
    context = {
        "section": "places",
        "unit": unit,
        "trail": queries.trail_of(unit),
        "status": details.statuses.of(unit),
        "is_at_risk": details.statuses.hides_details(unit),
        "former_names": list(unit.former_names.order_by("used_until")),
        "partnerships": list(partnerships.partnerships_of(codes, request.user)),
        "news": list(newsroom.about_place(unit, language)[:6]),
    }
    if unit.kind in {Kind.HROMADA, Kind.SPECIAL_CITY}:
        bodies = list(organisations.bodies_shown(unit, today, request.user))
        context["details_hidden"] = details.hidden_at(unit, [body.pk for body in bodies])
        rows = [(body, list(organisations.office_holders(body, today, request.user, details))) for body in bodies]
        watching.shown(request, [holder for _body, holders in rows for holder in holders])
        context["bodies"] = rows
        context["nobody_here"] = not any(present([body.pk for body in bodies], now).values())
        context["settlements"] = list(territory.settlements_of(unit))
    else:
        context["communities"] = territory.hromadas_of(unit)
        if unit.kind == Kind.OBLAST:
            context["raions"] = list(territory.raions_of(unit))
    return page(request, TEMPLATES[Kind(unit.kind)], context)
