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
    if settings.OIDC_ISSUER and not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        found.append(
            Error(
                "POBRATYM_OIDC_ISSUER is set without POBRATYM_OIDC_CLIENT_ID and POBRATYM_OIDC_CLIENT_SECRET.",
                hint="Register this platform at the provider and set both, or unset the issuer.",
                id="pobratym.E003",
            )
        )
    if settings.HTTPS and settings.OIDC_ISSUER and not settings.OIDC_ISSUER.startswith("https://"):
        found.append(Error("POBRATYM_OIDC_ISSUER must begin with https://.", id="pobratym.E004"))
    return found
