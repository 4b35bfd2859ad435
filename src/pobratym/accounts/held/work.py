"""What the queue of tasks, the log of who saw what and the offices hold about a person."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from pobratym.accounts.models import User
from pobratym.accounts.personal import Row, plain, register
from pobratym.audit.models import Actor, Sight
from pobratym.organisations.models import OfficeHolder


def _tasks_about(person: User) -> Iterator[DBTaskResult]:
    """Tasks whose arguments or failure name the person: a letter to be written to an address is one."""
    named = (person.email.casefold(), person.name.casefold())
    for row in DBTaskResult.objects.iterator():
        told = f"{json.dumps(row.args_kwargs, ensure_ascii=False)} {row.traceback}".casefold()
        if any(word in told for word in named):
            yield row


def _tasks(person: User, _at: dt.datetime) -> Iterable[Row]:
    for row in _tasks_about(person):
        yield plain(row, "task_path", "enqueued_at", "finished_at")


def _forget_tasks(person: User, _at: dt.datetime) -> int:
    number, _kinds = DBTaskResult.objects.filter(pk__in=[row.pk for row in _tasks_about(person)]).delete()
    return int(number)


def _sights(person: User, _at: dt.datetime) -> Iterable[Row]:
    actors = Actor.objects.filter(user_id=person.pk).values("pk")
    for sight in Sight.objects.filter(actor_id__in=actors).order_by("hour", "pk"):
        yield plain(sight, "subject", "first_at", "last_at")


def _offices(person: User, _at: dt.datetime) -> Iterable[Row]:
    named = OfficeHolder.objects.filter(Q(person_uk=person.name) | Q(person_en=person.name))
    for holder in named.select_related("body").order_by("pk"):
        yield plain(
            holder, "person_uk", "person_en", "post_uk", "post_en", "holds_from", "holds_to", "source_url",
            body=str(holder.body),
        )  # fmt: skip


register(
    "django_tasks_database.dbtaskresult",
    title=_("Work queued for you"),
    export=_tasks,
    erase=_forget_tasks,
    retention="tasks",
)
register(
    "audit.sight",
    title=_("Restricted records that you saw"),
    export=_sights,
    erase=None,
    kept=_("Who saw restricted records stays for a year, by number and without a name: it protects the others."),
    retention="seen",
)
register(
    "organisations.officeholder",
    title=_("Offices under your name"),
    export=_offices,
    erase=None,
    kept=_("A public office is held under a name; a body corrects an entry that is wrong."),
    retention="offices",
)
