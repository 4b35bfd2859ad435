"""A half-configured deployment is told as an error of `check`, before it serves anybody."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from pobratym.config import env


@register(Tags.security)
def configuration(**_kwargs: Any) -> list[CheckMessage]:
    """Names nobody reads, an address without a scheme, a demonstration open to the network."""
    found: list[CheckMessage] = [
        Error(
            f"{name} is not a setting of Pobratym.",
            hint="Correct or unset it; docs/operate/install.md lists all.",
            id="pobratym.E001",
        )
        for name in env.unknown()
    ]
    if not settings.ADDRESS.startswith(("http://", "https://")):
        found.append(Error("POBRATYM_ADDRESS must begin with http:// or https://.", id="pobratym.E002"))
    return found
