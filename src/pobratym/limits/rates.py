"""The table of rates, and the decorator that applies one to a view."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from pobratym.limits import networks, operations
from pobratym.limits.operations import Verdict
from pobratym.limits.refusals import TooOften

__all__ = ["RATES", "SAFE", "By", "Rate", "TooOften", "Verdict", "check", "forgive", "limited", "spend", "spend_for"]

View = Callable[..., HttpResponse]
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class By(Enum):
    """Whose budget it is."""

    ASKER = "the signed-in person, else the network"
    NETWORK = "the network, signed in or not"


@dataclass(frozen=True)
class Rate:
    """So many at once and per window; `reads` says whether looking at the page counts too."""

    limit: int
    window: dt.timedelta
    by: By = By.ASKER
    reads: bool = False


# A budget fits an office of thirty people behind one address at its busiest; only what costs or guesses has one.
RATES: dict[str, Rate] = {
    # Reading that costs the database or the processor. Suggestions may be cached by anybody, so nobody is asked for.
    "search": Rate(60, MINUTE, reads=True),
    "typeahead": Rate(240, MINUTE, By.NETWORK, reads=True),
    "api": Rate(600, MINUTE, By.NETWORK, reads=True),
    "export": Rate(30, MINUTE, reads=True),
    # Guessing: passwords are counted by `guessing` besides; a token has 256 bits, so this only keeps the log quiet.
    "sign_in": Rate(60, 5 * MINUTE, By.NETWORK),
    "reset": Rate(20, HOUR, By.NETWORK),
    "token": Rate(60, 10 * MINUTE, By.NETWORK, reads=True),
    # Writing. "propose" is what sends letters to others; "write" counts every form whose view names no other rate.
    "propose": Rate(30, HOUR),
    "write": Rate(120, 10 * MINUTE),
    "upload": Rate(60, 10 * MINUTE),
}


def spend(key: str, *, limit: int, window: dt.timedelta, at: dt.datetime) -> Verdict:
    """Take one unit of the key's budget of `limit` per `window` (at most a day); not within a transaction."""
    return operations.spend_unit(key=key, limit=limit, window=window, at=at)


def check(key: str, *, limit: int, window: dt.timedelta, at: dt.datetime) -> Verdict:
    """Whether a unit is left, without taking it; two who check at once may both hear yes, so `spend` before work."""
    wait = operations.wait_for(key=key, limit=limit, window=window, at=at)
    return Verdict(allowed=wait == 0, retry_after=wait)


def forgive(key: str, *, at: dt.datetime) -> None:
    """Empty the key's meter, after a success for example."""
    operations.give_back(key=key, at=at)


def spend_for(request: HttpRequest, name: str, at: dt.datetime) -> Verdict:
    """Take one unit of the named rate for whoever makes the request."""
    rate = RATES[name]
    return spend(f"{name} {_whose(request, rate.by)}", limit=rate.limit, window=rate.window, at=at)


def limited(name: str) -> Callable[[View], View]:
    """Answer 429 to one who opens (or, for most rates, sends) the view more often than its rate in `RATES` allows.

    Stands below `@public` and `@permitted`, so that who may not enter spends nothing.
    """
    rate = RATES[name]

    def decorate(view: View) -> View:
        @wraps(view)
        def metered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if rate.reads or request.method not in SAFE:
                verdict = spend_for(request, name, timezone.now())
                if not verdict.allowed:
                    raise TooOften(verdict.retry_after)
            return view(request, *args, **kwargs)

        metered.rate = name  # type: ignore[attr-defined]  # read by the walk over all addresses
        return metered

    return decorate


def _whose(request: HttpRequest, by: By) -> str:
    user = getattr(request, "user", None)
    if by is By.ASKER and user is not None and user.is_authenticated:
        return f"person {user.pk}"
    return f"network {networks.network_of(request)}"
