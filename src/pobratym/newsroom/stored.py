"""A stored item as the forms show it."""

from typing import Any

from django.utils import timezone

from pobratym.newsroom import tagging
from pobratym.newsroom.models import Publication


def suggestions_for(publication: Publication | None) -> tagging.Suggestions | None:
    """What the stored text suggests besides the stored communities."""
    if publication is None:
        return None
    return tagging.suggest(
        title=publication.title,
        lead=publication.lead,
        body=publication.body,
        source=publication.source_name,
        chosen=[unit.pk for unit in publication.hromadas.all()],
    )


def texts_of(publication: Publication) -> dict[str, Any]:
    """The stored texts as the form shows them."""
    return {name: getattr(publication, name) for name in ("title", "lead", "body", "source_name")}


def item_of(publication: Publication) -> dict[str, Any]:
    """The stored item as the form shows it."""
    names = ("type", "dated_on", "source_url", "version", "partnership")
    shown = texts_of(publication) | {name: getattr(publication, name) for name in names}
    shown |= {
        "tags": ", ".join(tag.name_uk for tag in publication.tags.all()),
        "directions": publication.directions,
        "oblasts": [unit.pk for unit in publication.oblasts.all()],
    }
    happening = getattr(publication, "happening", None)
    if happening is not None:
        starts, ends = (
            timezone.localtime(happening.starts_at),
            happening.ends_at and timezone.localtime(happening.ends_at),
        )
        shown |= {
            "starts_on": starts.date(),
            "starts_at": None if happening.is_all_day else starts.time(),
            "ends_on": ends.date() if ends else None,
            "ends_at": ends.time() if ends else None,
            "place": happening.place,
            "online_url": happening.online_url,
        }
    return shown


def authors_of(publication: Publication | None) -> list[dict[str, Any]]:
    """Stored authors as rows."""
    found = publication.authors.all() if publication else ()
    return [{"name": author.name, "post": author.post, "institution": author.institution} for author in found]


def quotations_of(publication: Publication | None) -> list[dict[str, Any]]:
    """Stored quotations as rows; a source that is the item's own is not repeated."""
    if publication is None:
        return []
    return [
        {
            "text": quotation.text,
            "is_retold": quotation.is_retold,
            "speaker": quotation.speaker,
            "office": quotation.office,
            "community": quotation.community,
            "source_name": "" if quotation.source_name == publication.source_name else quotation.source_name,
            "source_url": "" if quotation.source_url == publication.source_url else quotation.source_url,
        }
        for quotation in publication.quotations.select_related("community")
    ]


def hromadas_of(publication: Publication | None) -> list[dict[str, Any]]:
    """Stored hromadas as rows."""
    return [{"unit": unit} for unit in publication.hromadas.in_order()] if publication else []
