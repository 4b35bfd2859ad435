"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def product(request: HttpRequest) -> dict[str, Any]:
    """The page's address in both languages, its own full address, the demonstration mark."""
    language = get_language()
    other = "en" if language == "uk" else "uk"
    other_url = translate_url(request.get_full_path(), other)
    # A page that does not exist has no translation; its switch leads to the other language's home.
    has_translation = other_url != request.get_full_path()
    addresses = {code: settings.ADDRESS + translate_url(request.path, code) for code, _name in settings.LANGUAGES}
    return {
        "language": language,
        "other_language": other,
        "other_language_url": other_url if has_translation else {"uk": "/", "en": "/en/"}[other],
        "own_address": f"{settings.ADDRESS}{request.path}",
        "alternate_addresses": addresses if has_translation else {},
        "demonstration": settings.DEMONSTRATION,
    }
