"""Files that prove a value or show what was done: whose they are, who sees them and who works on them."""

import datetime as dt

from django.urls import reverse

from pobratym.accounts.choices import Role
from pobratym.accounts.rules import speaks_for
from pobratym.audit.queries import reference
from pobratym.files import owners
from pobratym.files.queries import shown_of
from pobratym.organisations.details import details_for
from pobratym.organisations.models import Body
from pobratym.organisations.visibility import circles
from pobratym.partnerships import queries
from pobratym.partnerships.models import Partnership, ProgressNote, Value
from pobratym.vocabulary.choices import Visibility

Proven = Value | ProgressNote
NOTHING: frozenset[str] = frozenset()


def seen_of(partnership: Partnership, user: object, on: dt.date) -> frozenset[str]:
    """The visibilities whose files the user sees in the partnership.

    Whoever gets no exact days and places of a community at risk gets no files either: they may tell of both.
    """
    if queries.details_hidden(partnership, details_for(user, on)):
        return NOTHING
    return circles(user, frozenset(party.body_id for party in partnership.parties.all()))


def seen(user: object, record: Proven, on: dt.date) -> frozenset[str]:
    """The same for one record, nothing if the record, its commitment or its partnership is not visible."""
    rows = type(record).objects.visible_to(user).filter(pk=record.pk)
    if not rows.filter(commitment__in=queries.commitments_for_page(user).values("pk")).exists():
        return NOTHING
    return seen_of(_partnership(record), user, on)


def works_for(user: object, record: Proven) -> Body | None:
    """The party for which the user, its coordinator, adds and changes files; none once the partnership has ended."""
    return party_of(user, _partnership(record))


def party_of(user: object, partnership: Partnership) -> Body | None:
    """The party that the user coordinates, while the partnership lasts."""
    if partnership.ended_on is not None:
        return None
    return next(
        (party.body for party in partnership.present if speaks_for(user, party.body_id, Role.COORDINATOR)), None
    )


def is_of_the_team(partnership: Partnership, user: object) -> bool:
    """Whether the user belongs to the parties, or sees all: earlier versions are for them."""
    return Visibility.TEAM in circles(user, frozenset(party.body_id for party in partnership.parties.all()))


def page(record: Proven) -> str:
    """The page of the direction, at the commitment."""
    commitment = record.commitment
    where = {"pk": commitment.partnership_id, "direction": commitment.direction}
    return f"{reverse('partnerships:direction', kwargs=where)}#c{commitment.pk}"


def attach(commitments: list[queries.CommitmentRow], partnership: Partnership, user: object, on: dt.date) -> None:
    """Give every note and value of a page its files, as `files`, by one query; `reference` names it for a new one."""
    records: list[Proven] = []
    for row in commitments:
        records += [*row.notes]
        records += [*row.values]
    found = shown_of(records, seen_of(partnership, user, on))
    for record in records:
        record.files = found[reference(record)]  # type: ignore[union-attr]  # for the template
        record.reference = reference(record)  # type: ignore[union-attr]  # likewise


def _partnership(record: Proven) -> Partnership:
    return record.commitment.partnership


def _value(key: int) -> Value | None:
    return Value.objects.select_related("commitment__partnership").filter(pk=key).first()


def _note(key: int) -> ProgressNote | None:
    return ProgressNote.objects.select_related("commitment__partnership").filter(pk=key).first()


for label, find in (("partnerships.value", _value), ("partnerships.progressnote", _note)):
    owners.register(label, record=find, seen=seen, works_for=works_for, page=page, told_of=_partnership)
