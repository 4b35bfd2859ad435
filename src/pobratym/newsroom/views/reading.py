"""What everyone opens: the list, an item, its calendar file."""

import hashlib
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pobratym.limits.rates import limited
from pobratym.newsroom import feeds, queries
from pobratym.newsroom.calendars import calendar_of
from pobratym.newsroom.choices import PublicationType
from pobratym.newsroom.happenings import is_coarse, reader_of
from pobratym.newsroom.models import Publication
from pobratym.newsroom.views.showing import item_page
from pobratym.ui.pages import go_to, public
from pobratym.vocabulary.choices import Direction

PER_PAGE = 12
FILTERS = ("type", "oblast", "hromada", "tag", "direction")


@require_safe
@public
def news(request: HttpRequest) -> HttpResponse:
    """The list with its filters, which are plain links and selects of a GET form."""
    chosen = _chosen(request)
    today = timezone.localdate()
    page_obj = Paginator(queries.listed(**chosen), PER_PAGE).get_page(request.GET.get("page"))
    upcoming = [] if chosen or page_obj.number > 1 else queries.upcoming(today, reader_of(request.user, today))[:3]
    context = {
        "section": "news",
        "page_obj": page_obj,
        "upcoming": upcoming,
        "chosen": chosen,
        "types": PublicationType.choices,
        "directions": Direction.choices,
        "oblasts": queries.oblasts_in_use(),
        "hromadas": queries.hromadas_in_use(chosen.get("oblast", "")),
        "tags": queries.tags_in_use(),
        "feeds": [(form, kind.partition(";")[0]) for form, kind in feeds.TYPES.items()],
        "query": urlencode(chosen),
        "may_write": request.user.has_perm("newsroom.write"),
    }
    return render(request, "newsroom/list.html", context)


@require_safe
@public
@limited("api")
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The list with its filters as a feed; the same for everyone, so that a reader program may keep it."""
    if form not in feeds.TYPES:
        raise Http404
    chosen = _chosen(request)
    query = f"?{urlencode(chosen)}" if chosen else ""
    channel = feeds.Channel(
        title=_("Pobratym: news") if not chosen else _("Pobratym: news, a selection"),
        page=f"{settings.ADDRESS}{reverse('newsroom:list')}{query}",
        address=f"{settings.ADDRESS}{request.path}{query}",
        language=get_language() or "uk",
    )
    found = queries.listed(**chosen).prefetch_related("tags")[: feeds.MOST]
    content = feeds.written(form, channel, found, reader_of(AnonymousUser(), timezone.localdate()))
    answer = HttpResponse(content, content_type=feeds.TYPES[form])
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: value for name in FILTERS if (value := request.GET.get(name, "").replace("\0", "").strip())}


@require_safe
@public
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item; the switch of languages leads to its translation."""
    publication = get_object_or_404(queries.for_page(request.user), pk=pk)
    language = get_language() or "uk"
    # An editor reads a draft in whatever language it is written.
    if publication.is_published and publication.language != language:
        translated = queries.translation_in(publication, language)
        if translated is not None:
            return go_to(request, "newsroom:item", pk=translated.pk)
    return item_page(request, publication)


@require_safe
@public
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The happening as a file that calendars take."""
    publication: Publication = get_object_or_404(queries.for_page(request.user), pk=pk)
    happening = publication.event
    # A calendar knows only days: where the month alone is shown, there is no file.
    if happening is None or is_coarse(publication, reader_of(request.user, timezone.localdate())):
        raise Http404
    address = f"{settings.ADDRESS}{reverse('newsroom:item', args=[publication.pk])}"
    content = calendar_of(happening, address=address, host=urlsplit(settings.ADDRESS).hostname or "pobratym")
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pobratym-{publication.pk}.ics"'
    return answer
