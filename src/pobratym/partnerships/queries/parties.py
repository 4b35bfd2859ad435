"""The parties with their answers; contact data of communities at risk are never shown."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circle_of
from pobratym.partnerships.choices import Way
from pobratym.partnerships.models import Answer, Partnership, Party
from pobratym.territory.queries import is_at_risk


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


def parties_of(partnership: Partnership, user: object, on: dt.date) -> list[PartyRow]:
    """The parties in their order; a link to act only for members of the parties and moderators."""
    latest: dict[int, Answer] = {}
    for answer in Answer.objects.filter(party__partnership=partnership, dismissed_at=None).order_by("given_at", "pk"):
        latest[answer.party_id] = answer
    mine = circle_of(user)
    parties = list(partnership.parties.all())
    acts = mine.is_moderator or bool(mine.bodies & {party.body_id for party in parties})
    return [_row(party, latest.get(party.pk), on, acts=acts) for party in parties]


def _row(party: Party, answer: Answer | None, on: dt.date, *, acts: bool) -> PartyRow:
    at_risk = body_at_risk(party.body, on)
    return PartyRow(
        party=party,
        body=party.body,
        role=str(party.get_role_display()),
        state=str(party.get_state_display()),
        note=note_of(answer) if answer else "",
        email=party.body.official_email if acts and not at_risk else "",
        is_hidden=at_risk,
        url=reverse("partnerships:party", kwargs={"pk": party.pk}) if acts else "",
    )


def body_at_risk(body: Body, on: dt.date) -> bool:
    """Whether the body's community stands in a zone of hostilities or occupation on the day."""
    return body.unit is not None and is_at_risk(body.unit, on)


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
