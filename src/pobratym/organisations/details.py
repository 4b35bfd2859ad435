"""Who gets contacts, exact dates and places of a territory at risk: the one question that every page and file asks.

The day a status begins, details of the territory are shown to insiders alone: to the bodies that share the record,
and to moderators. It is a condition of reading, so nothing has to run on that day and nothing is rewritten. Others
get the month instead of the day, no place, no name of an office-holder.

    details = details_for(request.user, today)
    coarse = details.hidden_of(bodies)

What is already public on a signed paper stays on it: its text, its day, who signed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of
from pobratym.territory.models import TerritoryStatus, Unit
from pobratym.territory.queries import Statuses, statuses_on


@dataclass(frozen=True, slots=True)
class Details:
    """What one reader gets on one day; made once for a page, by one query."""

    statuses: Statuses
    # The reader's bodies, and those that work with them where the page knows it.
    near: frozenset[int]
    sees_all: bool = False

    def hidden_at(self, unit: Unit | None, insiders: Iterable[int] = ()) -> bool:
        """Whether details of the unit are kept from the reader, who may belong to one of the bodies `insiders`."""
        if unit is None or self.sees_all or not self.near.isdisjoint(insiders):
            return False
        return self.statuses.hides_details(unit)

    def hidden_of(self, bodies: Iterable[Body]) -> bool:
        """Whether details are kept back of what these bodies do together: one of them is at risk, none is near."""
        bodies = list(bodies)
        insiders = {body.pk for body in bodies}
        return any(self.hidden_at(body.unit, insiders) for body in bodies)

    def at_risk(self, body: Body) -> TerritoryStatus | None:
        """The status for which the body's details are kept from others, to tell those who still see them."""
        if body.unit is None or not self.statuses.hides_details(body.unit):
            return None
        return self.statuses.deciding(body.unit)


def details_for(user: object, on: dt.date, fellows: frozenset[int] = frozenset()) -> Details:
    """The reader's view on the day; `fellows` are bodies that work with the own ones, as an upper context knows."""
    mine = circle_of(user)
    return Details(statuses_on(on), mine.bodies | fellows, sees_all=mine.is_moderator)
