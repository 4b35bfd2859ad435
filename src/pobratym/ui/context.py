"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def product(request: HttpRequest) -> dict[str, Any]:
    """The other language's address, the page's own full address, the demonstration mark."""
    language = get_language()
    other = "en" if language == "uk" else "uk"
    path = request.get_full_path()
    return {
        "language": language,
        "other_language": other,
        "other_language_url": translate_url(path, other),
        "own_address": f"{settings.ADDRESS}{request.path}",
        "demonstration": settings.DEMONSTRATION,
    }
