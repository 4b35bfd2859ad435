"""An item's page, shown by reading it and by a refused step of its review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from pobratym.audit.queries import history_of
from pobratym.newsroom import forms, queries
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.models import Publication
from pobratym.organisations import takedown
from pobratym.partnerships.models import Partnership
from pobratym.vocabulary.refusals import Refusal


def item_page(request: HttpRequest, publication: Publication, refusal: Refusal | None = None) -> HttpResponse:
    """The item with what stands beside it, and for those who work on it, its state and next steps."""
    user = request.user
    may = {
        "edit": user.has_perm("newsroom.edit", publication) and publication.state != PublicationState.WITHDRAWN,
        "publish": user.has_perm("newsroom.publish", publication),
        "withdraw": user.has_perm("newsroom.withdraw", publication),
    }
    original = publication.translation_of or publication
    versions = queries.visible_to(user).filter(
        pk__in=[original.pk, *original.translations.values_list("pk", flat=True)]
    )
    context = {
        "section": "news",
        "publication": publication,
        "partnership": partnership_shown(user, publication),
        "others": [version for version in versions if version.pk != publication.pk],
        "other_language_only": publication.language != (get_language() or "uk"),
        "related": queries.related(publication) if publication.is_published else [],
        "may": may,
        "works_on_it": any(may.values()) or (user.is_authenticated and publication.written_by_id == user.pk),
        "is_taken_down": user.is_authenticated and publication.is_published and takedown.is_hidden(publication),
        "reason": forms.Reason(),
        "refusal": refusal,
    }
    if context["works_on_it"]:
        context["lines"] = history_of(publication)
        decided = publication.place_decisions.select_related("unit", "decided_by")
        context["decisions"] = decided.order_by("unit__sort_key", "unit")
    return render(request, "newsroom/item.html", context, status=refusal.status if refusal else 200)


def partnership_shown(user: object, publication: Publication) -> Partnership | None:
    """The partnership the item is about, if this reader may open its page."""
    if publication.partnership_id is None:
        return None
    return Partnership.objects.visible_to(user).filter(pk=publication.partnership_id).first()
