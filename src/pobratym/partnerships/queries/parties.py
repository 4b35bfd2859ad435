"""The parties with their answers; contacts, and how their territories stand, are for those who take part."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.organisations.details import Details, details_for
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships.choices import PRESENT, Way
from pobratym.partnerships.models import Answer, Partnership, Party
from pobratym.territory.choices import AT_RISK
from pobratym.territory.models import TerritoryStatus
from pobratym.territory.queries import changes_between


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party as the page shows it."""

    party: Party
    body: Body
    role: str
    state: str
    note: str
    email: str
    is_hidden: bool
    url: str


# For so long a change of status is told to those who work with the community.
TOLD_FOR = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class StatusNotice:
    """A change of a territory's status that a partner should know of, with its day and source."""

    place: str
    status: str
    on: dt.date
    source: str
    has_ended: bool
    hides: bool


def parties_of(partnership: Partnership, user: object, on: dt.date, details: Details | None = None) -> list[PartyRow]:
    """The parties in their order; contacts and a link to act only for members of the parties and moderators."""
    details = details or details_for(user, on)
    latest: dict[int, Answer] = {}
    for answer in Answer.objects.filter(party__partnership=partnership, dismissed_at=None).order_by("given_at", "pk"):
        latest[answer.party_id] = answer
    mine = circle_of(user)
    parties = list(partnership.parties.all())
    acts = mine.is_moderator or bool(mine.bodies & {party.body_id for party in parties})
    return [_row(party, latest.get(party.pk), details, acts=acts) for party in parties]


def _row(party: Party, answer: Answer | None, details: Details, *, acts: bool) -> PartyRow:
    hidden = not acts and details.at_risk(party.body) is not None
    return PartyRow(
        party=party,
        body=party.body,
        role=str(party.get_role_display()),
        state=str(party.get_state_display()),
        note=note_of(answer) if answer and not hidden else "",
        email=party.body.official_email if acts else "",
        is_hidden=hidden,
        url=reverse("partnerships:party", kwargs={"pk": party.pk}) if acts else "",
    )


def fellows_of(user: object) -> frozenset[int]:
    """The bodies that take part in something together with one of the reader's own."""
    mine = circle_of(user).bodies
    if not mine:
        return frozenset()
    shared = Party.objects.filter(body_id__in=mine, state__in=PRESENT).values("partnership_id")
    return frozenset(
        Party.objects.filter(partnership_id__in=shared, state__in=PRESENT).values_list("body_id", flat=True)
    )


def working_details(user: object, on: dt.date) -> Details:
    """The reader's view on the day, in which partners are insiders of each other."""
    return details_for(user, on, fellows_of(user))


def details_hidden(partnership: Partnership, details: Details) -> bool:
    """Whether exact dates of what the parties do together are kept from the reader."""
    return details.hidden_of(party.body for party in partnership.parties.all())


def status_notices(partnerships: Iterable[Partnership], user: object, on: dt.date) -> list[StatusNotice]:
    """Recent changes of status in the territories of those who work together, for these people alone; the newest first.

    One query, whatever their number.
    """
    mine = circle_of(user)
    bodies = [
        party.body
        for partnership in partnerships
        if mine.is_moderator or not mine.bodies.isdisjoint(party.body_id for party in partnership.present)
        for party in partnership.present
    ]
    units = {body.unit_id: body.unit for body in bodies if body.unit is not None}
    if not units:
        return []
    return [_notice(row, on) for row in changes_between(units.values(), on - TOLD_FOR, on)]


def _notice(row: TerritoryStatus, on: dt.date) -> StatusNotice:
    has_ended = row.has_ended(on)
    return StatusNotice(
        place=row.unit.everyday_name,
        status=str(row.get_status_display()),
        on=row.changed_on(on),
        source=row.source,
        has_ended=has_ended,
        hides=not has_ended and row.status in AT_RISK,
    )


def note_of(answer: Answer) -> str:
    """By which way the answer came, without the name of who gave it."""
    if answer.way == Way.LETTER:
        return _("outside the platform, by letter № %(number)s of %(day)s") % {
            "number": answer.letter_number,
            "day": f"{answer.letter_on:%d.%m.%Y}",
        }
    if answer.waits_for_a_moderator:
        return _("answer by the link waits for a moderator")
    return str(answer.get_way_display())
