"""What a card and the end of an item show, as the components take it."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pobratym.newsroom.happenings import is_coarse, reader_of
from pobratym.newsroom.models import Happening, Publication
from pobratym.territory.models import Unit
from pobratym.ui.templatetags.ui import day, moment

register = template.Library()

Links = list[tuple[str, str]]


@register.filter
def tag_links(publication: Publication) -> Links:
    """Tags with the list of their news."""
    address = reverse("newsroom:list")
    return [(tag.name, f"{address}?tag={tag.slug}") for tag in publication.tags.all()]


@register.filter
def oblast_links(publication: Publication) -> Links:
    """Oblasts with their pages."""
    return _places(publication.oblasts.all())


@register.filter
def hromada_links(publication: Publication) -> Links:
    """Hromadas with their pages."""
    return _places(publication.hromadas.all())


@register.filter
def direction_links(publication: Publication) -> Links:
    """Directions with the list of their news."""
    address = reverse("newsroom:list")
    return [(str(direction.label), f"{address}?direction={direction}") for direction in publication.directions]


@register.simple_tag(takes_context=True)
def without_details(context: dict[str, Any], publication: Publication) -> bool:
    """Whether this reader gets only the month of the item's happening and no place; asked once for a page."""
    if publication.event is None:
        return False
    request = context.get("request")
    if request is None:
        return is_coarse(publication, reader_of(None, timezone.localdate()))
    if not hasattr(request, "reader"):
        request.reader = reader_of(request.user, timezone.localdate())
    return is_coarse(publication, request.reader)


@register.filter
def when(happening: Happening) -> str:
    """When it begins, in Kyiv time; only the day where no time is known."""
    starts = timezone.localtime(happening.starts_at)
    return day(starts) if happening.is_all_day else moment(starts)


@register.filter
def until(happening: Happening) -> str:
    """When it ends: only the time on the same day."""
    if happening.ends_at is None:
        return ""
    starts, ends = timezone.localtime(happening.starts_at), timezone.localtime(happening.ends_at)
    if happening.is_all_day:
        return "" if starts.date() == ends.date() else day(ends)
    return dateformat.format(ends, "G:i") if starts.date() == ends.date() else moment(ends)


@register.filter
def language_name(code: str) -> str:
    """A language in the present language, as inside a sentence: “українська”, “Ukrainian”."""
    name = str(dict(settings.LANGUAGES).get(code, code))
    return name if get_language() == "en" else name.lower()


@register.filter
def body(publication: Publication) -> SafeString:
    """The stored body, which `markup.cleaned` made."""
    return mark_safe(publication.body)


def _places(units: Iterable[Unit]) -> Links:
    return [(unit.everyday_name, reverse("portal:place", args=[unit.pk])) for unit in units]
