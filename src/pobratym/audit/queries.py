"""Reading the trail."""

import datetime as dt
from dataclasses import dataclass

from django.db import models

from pobratym.audit.history import sentence
from pobratym.audit.models import Actor, Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a readable history."""

    at: dt.datetime
    actor: str
    sentence: str
    verb: str


def reference(subject: models.Model) -> str:
    """How an entry names its subject: `partnerships.partnership:7`."""
    return f"{subject._meta.label_lower}:{subject.pk}"  # noqa: SLF001  # Django's documented model API


def history_of(*subjects: models.Model) -> list[Line]:
    """The history of the subjects together, newest first, in the present language."""
    entries = list(Entry.objects.filter(subject__in=[reference(s) for s in subjects]).order_by("-at", "-pk"))
    names = dict(Actor.objects.filter(pk__in={e.actor_id for e in entries}).values_list("pk", "name"))
    return [
        Line(at=e.at, actor=names.get(e.actor_id or 0, ""), sentence=sentence(e.verb, e.facts), verb=e.verb)
        for e in entries
    ]
