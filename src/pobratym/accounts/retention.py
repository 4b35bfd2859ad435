"""How long each kind of record is kept: contexts register their rules at start.

    retention.register(
        "sent_mail",
        what=_("Texts of sent mails"),
        period=dt.timedelta(days=90),
        ground=_("needed to clear up complaints about delivery"),
        happens=_("the text and the address are emptied; the day remains"),
        apply=outbox.forget_texts,
    )

`apply(before, at)` deals with the rows whose time was over before the moment `before` (`at` less the period) and
tells how many; a rule without a period is kept without an end and has no `apply`. The daily task applies the rules,
and the public page «what is kept how long» shows them. `law` is the article that asks for the period; `verified`
says that somebody has read it there — what is not verified is shown as such.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from pobratym.accounts.personal import Words

Apply = Callable[[dt.datetime, dt.datetime], int]

# Days of a year, as periods count it.
YEAR = 365


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept, how long, why, and what happens then."""

    code: str
    what: Words
    ground: Words
    happens: Words
    period: dt.timedelta | None = None
    law: Words = ""
    verified: bool = False
    apply: Apply | None = None

    @property
    def years(self) -> int:
        """Whole years, for a page; 0 for what is better told in days."""
        days = self.period.days if self.period else 0
        return 0 if days % YEAR else days // YEAR


class EndWithoutDeed(Exception):
    """A period without something that happens after it, or the other way round."""


rules: dict[str, Rule] = {}


def shortest_first() -> list[Rule]:
    """The rules as a reader wants them: what goes soonest first, what stays last."""
    return sorted(rules.values(), key=lambda rule: rule.period or dt.timedelta.max)


def register(
    code: str,
    *,
    what: Words,
    ground: Words,
    happens: Words,
    period: dt.timedelta | None = None,
    law: Words = "",
    verified: bool = False,
    apply: Apply | None = None,
) -> None:
    """Tell how long a kind of record is kept and what happens then."""
    if (period is None) != (apply is None):
        raise EndWithoutDeed(code)
    rules[code] = Rule(
        code=code, what=what, ground=ground, happens=happens, period=period, law=law, verified=verified, apply=apply
    )
