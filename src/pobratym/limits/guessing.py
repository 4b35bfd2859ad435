"""Guessing of passwords and codes is slowed down without locking anybody else out.

There is no lock on an account: whoever knows an address could then keep its owner out. Instead every try belongs to
where it comes from, as in OWASP's "Slow Down Online Guessing Attacks with Device Cookies":

- a device on which this account has signed in before has a budget of its own, that nobody else can spend;
- any other try spends from the pair of account and network, and from the network (of IPv6 also from the site's 48
  bits, so that a rented site does not bring 65,536 budgets).

A shared address has ten tries for each account and a hundred in a quarter of an hour altogether; a right password
gives the pair's tries back, so that a busy town hall does not exhaust itself.
"""

import datetime as dt

from django.http import HttpRequest

from pobratym.limits import networks
from pobratym.limits.operations import Verdict
from pobratym.limits.rates import forgive, spend

WINDOW = dt.timedelta(minutes=15)
PER_DEVICE, PER_PAIR, PER_NETWORK, PER_SITE = 10, 10, 100, 1000


def try_once(request: HttpRequest, *, account: str, at: dt.datetime, device: str = "") -> Verdict:
    """Count a try against `account` (the address as typed, lower case) before it is checked.

    `device` is a name that only a device known to this account can have: take it from a signed cookie whose
    signature covers the account. Call it outside any transaction.
    """
    if device:
        return spend(f"device {device} {account}", limit=PER_DEVICE, window=WINDOW, at=at)
    for key, limit in _budgets(request, account):
        verdict = spend(key, limit=limit, window=WINDOW, at=at)
        if not verdict.allowed:
            return verdict
    return Verdict(allowed=True)


def succeeded(request: HttpRequest, *, account: str, at: dt.datetime, device: str = "") -> None:
    """The try was right: give the device or the pair its budget back. The network's stays as it is."""
    forgive(f"device {device} {account}" if device else _budgets(request, account)[0][0], at=at)


def _budgets(request: HttpRequest, account: str) -> list[tuple[str, int]]:
    network, site = networks.network_of(request), networks.network_of(request, bits=networks.SITE)
    budgets = [(f"guess {account} {network}", PER_PAIR), (f"guesses {network}", PER_NETWORK)]
    if site != network:
        budgets.append((f"guesses {site}", PER_SITE))
    return budgets
