"""The first page and the search over places, partnerships and publications."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pobratym.limits.rates import limited
from pobratym.newsroom import queries as newsroom
from pobratym.newsroom.happenings import reader_of
from pobratym.partnerships import queries as partnerships
from pobratym.portal import queries
from pobratym.territory import queries as territory
from pobratym.ui.pages import page, public


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the story in one picture, the newest items."""
    now = timezone.now()
    today = timezone.localdate(now)
    story = queries.featured()
    language = get_language() or "uk"
    return page(
        request,
        "portal/home.html",
        {
            "story": story,
            "steps": partnerships.stages_of(story, request.user) if story else [],
            "news": list(newsroom.listed(language)[:4]),
            "upcoming": newsroom.upcoming(today, reader_of(request.user, today), language)[:3],
            "figures": queries.public_figures(now),
        },
    )


@require_safe
@public
@limited("search")
def search(request: HttpRequest) -> HttpResponse:
    """Places by today’s or a former name, partnerships of these places, publications by title."""
    text = request.GET.get("q", "").strip()[:100]
    places = territory.search_places(text, limit=12) if text else []
    return page(
        request,
        "portal/search.html",
        {
            "text": text,
            "places": places,
            "partnerships": queries.partnerships_found(text, places, request.user) if text else [],
            "publications": queries.publications_found(text) if text else [],
        },
    )
