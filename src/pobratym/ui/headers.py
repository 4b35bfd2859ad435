"""The headers that every answer carries, whoever makes it: a view, a static file, an error, a redirect."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

# Nothing of a visitor's device is asked for; passkeys are the one exception, and only on our own pages.
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "speaker-selection",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
OWN = ("publickey-credentials-create", "publickey-credentials-get")
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join([f"{name}=()" for name in DENIED] + [f"{name}=(self)" for name in OWN]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
}


class add_headers:  # noqa: N801  # reads as a function in the list of settings
    """Set what is the same everywhere, and what follows from who sees the answer and under which address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and dress its answer."""
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        secret = _has_secret_address(request)
        if secret:
            # Our own pages are not told the address either. "no-referrer" would make browsers send "Origin: null"
            # with the form on that page, which the check against forged forms must refuse.
            response.headers["Referrer-Policy"] = "strict-origin"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if secret or _seen_by_person(request):
            response.headers["Cache-Control"] = "no-store, private"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache, private"
        if "htmx" in request.__dict__:
            # The same address answers a page or a part of it.
            patch_vary_headers(response, ("HX-Request",))
        return response


def _has_secret_address(request: HttpRequest) -> bool:
    """Whether the address itself is a key: a link that was sent to one person."""
    return bool(request.resolver_match and "token" in request.resolver_match.kwargs)


def _seen_by_person(request: HttpRequest) -> bool:
    """Whether the answer was made knowing who asks, and that was a person; asks the session nothing by itself."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        user = request.__dict__.get("_cached_user")
    return bool(cast("object", user) is not None and getattr(user, "is_authenticated", False))
