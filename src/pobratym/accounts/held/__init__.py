"""What accounts and the contexts below hold about a person, and how long; importing the modules registers it."""

from pobratym.accounts.held import below, own, periods, sign_in, work

__all__ = ["below", "own", "periods", "sign_in", "work"]
