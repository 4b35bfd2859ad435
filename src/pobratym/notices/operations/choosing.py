"""Choosing when one hears of what; declining by a link, and taking that back."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.accounts.models import User
from pobratym.audit import operations as audit
from pobratym.notices.choices import When
from pobratym.notices.kinds import kinds
from pobratym.notices.links import Ticket
from pobratym.notices.models import Correspondence, Preference
from pobratym.notices.queries import chosen_by
from pobratym.vocabulary.refusals import Refusal


class UnknownKind(Refusal):
    """No such kind of notice, or no such time."""

    def __init__(self) -> None:
        super().__init__(_("There are no such letters any more. Open the page anew."))


@transaction.atomic
def choose(
    *,
    person: User,
    chosen: Mapping[str, str],
    language: str | None = None,
    weekday: int | str | None = None,
    by: User,
    at: dt.datetime,
) -> None:
    """Store choices of the named kinds, "" for "as the platform suggests"; nothing else is touched.

    `language` and `weekday` are changed if they are not None; "" takes the choice back. Raises UnknownKind.
    """
    User.objects.select_for_update().get(pk=person.pk)
    before = chosen_by(person)
    for kind, when in chosen.items():
        if kind not in kinds or when not in {"", *When.values}:
            raise UnknownKind
        if before.get(kind, "") != when:
            _store(person, kind, when, at)
            audit.record(
                verb="notices.preference.chosen", by=by, subject=person, at=at, notice=kind, when=when or "default"
            )
    if language is not None or weekday is not None:
        _write_to(person, language, weekday)


@transaction.atomic
def decline(*, ticket: Ticket, at: dt.datetime) -> tuple[str, ...]:
    """End letters of the ticket's kinds, and of no other; what was chosen before, for taking it back."""
    person = User.objects.select_for_update().get(pk=ticket.person_id)
    before = chosen_by(person)
    for kind in ticket.kinds:
        if before.get(kind) != When.OFF:
            _store(person, kind, When.OFF, at)
            audit.record(verb="notices.preference.declined", by=person, subject=person, at=at, notice=kind)
    return tuple(before.get(kind, "") for kind in ticket.kinds)


@transaction.atomic
def restore(*, ticket: Ticket, at: dt.datetime) -> None:
    """Take declining back: what was chosen before, or else the default; a kind chosen anew meanwhile stays so."""
    person = User.objects.select_for_update().get(pk=ticket.person_id)
    chosen = chosen_by(person)
    for kind, when in zip(ticket.kinds, ticket.before or ("",) * len(ticket.kinds), strict=True):
        if chosen.get(kind) != When.OFF:
            continue
        # Who asks for the letters gets them, even where the platform suggests none.
        wanted = when or (When.AT_ONCE if kind in kinds and kinds[kind].default == When.OFF else "")
        if wanted == When.OFF:
            continue
        _store(person, kind, wanted, at)
        audit.record(
            verb="notices.preference.restored", by=person, subject=person, at=at, notice=kind, when=wanted or "default"
        )


def _store(person: User, kind: str, when: str, at: dt.datetime) -> None:
    if when:
        Preference.objects.update_or_create(person=person, kind=kind, defaults={"when": when, "chosen_at": at})
    else:
        Preference.objects.filter(person=person, kind=kind).delete()


def _write_to(person: User, language: str | None, weekday: int | str | None) -> None:
    row, _made = Correspondence.objects.get_or_create(person=person)
    if language is not None:
        row.language = language
    if weekday is not None:
        row.weekday = None if weekday == "" else int(weekday)
    row.save()
