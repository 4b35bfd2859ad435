"""Gathering what waits into one letter a person."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from pobratym.accounts.models import User
from pobratym.notices import slots
from pobratym.notices.choices import NoticeState, When
from pobratym.notices.kinds import kinds
from pobratym.notices.letters import write_digest
from pobratym.notices.models import Notice
from pobratym.notices.queries import chosen_by, languages_of, weekday_of


def gather(*, at: dt.datetime) -> int:
    """Write the letters whose moment has come, each in a transaction of its own; how many.

    The letter and the marks of its notices are one transaction: killed anywhere, each notice is in one letter. What
    comes late, dated before the moment and committed after it, waits for the next letter.
    """
    slot = slots.last_daily(at)
    waiting = Notice.objects.filter(state=NoticeState.WAITING, happened_at__lt=slot)
    had_theirs = Notice.objects.filter(in_digest=True, told_at__gte=slot).values("person_id")
    people = waiting.exclude(person__in=had_theirs).order_by("person_id").values_list("person_id", flat=True).distinct()
    return sum(_gather_for(person_id, slot, at) for person_id in list(people))


@transaction.atomic
def _gather_for(person_id: int, slot: dt.datetime, at: dt.datetime) -> int:
    # One letter a person and moment, even with two workers: the second waits here and finds nothing left.
    person = User.objects.select_for_update().get(pk=person_id)
    if Notice.objects.filter(person=person, in_digest=True, told_at__gte=slot).exists():
        return 0
    waiting = Notice.objects.filter(person=person, state=NoticeState.WAITING, happened_at__lt=slot)
    due, dropped = _sorted_out(person, waiting.select_related("person").order_by("happened_at", "pk"), at)
    _mark(dropped, state=NoticeState.DROPPED)
    if not due:
        return 0
    write_digest(due, languages_of([person], at)[person.pk], at)
    _mark(due, state=NoticeState.TOLD, told_at=at, in_digest=True)
    return 1


def _sorted_out(person: User, waiting: Iterable[Notice], at: dt.datetime) -> tuple[list[Notice], list[Notice]]:
    """What is told now, and what is told no more: declined meanwhile, or no longer for the person's eyes."""
    chosen = chosen_by(person)
    week_began = slots.last_weekly(at, weekday_of(person))
    due: list[Notice] = []
    dropped: list[Notice] = []
    for notice in waiting:
        kind = kinds.get(notice.kind)
        when = chosen.get(notice.kind, kind.default if kind else When.OFF)
        if when == When.WEEKLY and notice.happened_at >= week_began:
            continue
        wanted = kind is not None and when != When.OFF and person.is_active and kind.still(person, notice.about)
        (due if wanted else dropped).append(notice)
    return due, dropped


def _mark(notices: list[Notice], **change: object) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(**change)
