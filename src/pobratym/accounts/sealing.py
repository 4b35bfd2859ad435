"""Secrets of factors as they are stored: encrypted under a key that is not in the database.

The key comes from SECRET_KEY. After a change of SECRET_KEY the old one, named in SECRET_KEY_FALLBACKS, still opens
what it sealed; what is sealed anew uses the new one.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from pobratym.vocabulary.refusals import Refusal

PURPOSE = b"pobratym.accounts.factors"


class CannotOpen(Refusal):
    """No key of ours sealed it: SECRET_KEY was changed without naming the old one."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("This factor can no longer be read. Use another way, or write to those who look after the platform.")
        )


def seal(text: str) -> str:
    """Encrypt and authenticate."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made. Raises CannotOpen."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def reseal(sealed: str) -> str:
    """The same under the present key. Raises CannotOpen."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(force_bytes(secret))
    return Fernet(base64.urlsafe_b64encode(derived))
