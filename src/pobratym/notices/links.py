"""The address that ends letters of some kinds by one click, without signing in.

It is signed, names a person and the kinds, and does not expire: a letter of last year must not become one that cannot
be declined. Whoever has the letter can decline such letters, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

SALT = "pobratym.notices.unsubscribe"


@dataclass(frozen=True, slots=True)
class Ticket:
    """For whom and which kinds; `before` is what was chosen before, for taking it back."""

    person_id: int
    kinds: tuple[str, ...]
    before: tuple[str, ...] = ()


def token_of(person_id: int, kinds: Sequence[str], before: Sequence[str] = ()) -> str:
    """The signed text of a ticket."""
    return signing.dumps([person_id, list(kinds), list(before)], salt=SALT)


def read(token: str) -> Ticket | None:
    """The ticket behind a token; None if it is not ours."""
    try:
        person_id, kinds, before = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(person_id, tuple(kinds), tuple(before))


def unsubscribe_address(person_id: int, kinds: Sequence[str], language: str) -> str:
    """What stands in the letter's header and at its end."""
    return whole("notices:unsubscribe", [token_of(person_id, kinds)], language)


def whole(name: str, arguments: Sequence[object], language: str) -> str:
    """An address with its host, in the reader's language."""
    with translation.override(language):
        return settings.ADDRESS + reverse(name, args=list(arguments))
