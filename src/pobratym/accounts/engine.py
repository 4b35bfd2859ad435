"""What allauth asks of us: the engine of factors and sessions under our rules.

allauth's own addresses, templates and mails are not used; nothing else of it is configured anywhere.
"""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from pobratym.accounts import sealing
from pobratym.accounts.networks import network_of


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themselves, and of an address only its network is kept."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """People come by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network in place of the address: enough to recognise one's own sessions."""
        return network_of(request).partition("/")[0]


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Secrets are sealed; passkeys belong to our public address."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return sealing.unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return "Pobratym"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The host of the public address, whatever host name a request claims."""
        return {"id": urlsplit(settings.ADDRESS).hostname or "localhost", "name": self._get_site_name()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Our name and address for the list of passkeys that a device shows."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.name, "name": user.email}
