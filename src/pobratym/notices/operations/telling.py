"""Telling people, in the transaction of what happened."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Model

from pobratym.accounts.models import User
from pobratym.audit.queries import reference
from pobratym.notices.choices import NoticeState, When
from pobratym.notices.kinds import kinds
from pobratym.notices.letters import write_letter
from pobratym.notices.models import Notice
from pobratym.notices.queries import languages_of, when_of

Value = str | int | bool | None


@transaction.atomic
def notify(
    *,
    kind: str,
    people: Iterable[User],
    key: str,
    template: str,
    data: Mapping[str, Value],
    path: Sequence[Value] = (),
    about: Model | None = None,
    by: User | None = None,
    at: dt.datetime,
) -> list[Notice]:
    """Tell the people, each as they chose; the same key tells a person never twice. Nobody hears of the own deed.

    `template` is a text such as `partnerships/notices/answered.txt`: its first line is the subject, the rest what
    happened, in a sentence or two. `data` are plain values, those that differ by language as `name_uk` and `name_en`
    (the template says `name`). `path` is where it leads: the name of an address and its arguments. `about` is the
    record that the person must be allowed to see, now and when a digest is sent.
    """
    found = kinds[kind]
    subject = reference(about) if about is not None else ""
    listeners = {
        person.pk: person
        for person in people
        if person.is_active and (by is None or person.pk != by.pk) and found.still(person, subject)
    }
    when = when_of(found, listeners.values())
    languages = languages_of(listeners.values(), at)
    told = []
    for person in listeners.values():
        if when[person.pk] == When.OFF:
            continue
        notice = _write(
            Notice(
                person=person, kind=kind, key=key, template=template, path=list(path), about=subject,
                data={name: _in_one_line(value) for name, value in data.items()}, happened_at=at,
                state=NoticeState.TOLD if when[person.pk] == When.AT_ONCE else NoticeState.WAITING,
                told_at=at if when[person.pk] == When.AT_ONCE else None,
            )
        )  # fmt: skip
        if notice is None:
            continue
        if notice.state == NoticeState.TOLD:
            write_letter(notice, found, languages[person.pk], at)
        told.append(notice)
    return told


@transaction.atomic
def forget_told(*, before: dt.datetime, at: dt.datetime) -> int:  # noqa: ARG001  # the moment of every operation
    """Delete what happened before the moment and waits no more."""
    settled = Notice.objects.filter(happened_at__lt=before).exclude(state=NoticeState.WAITING)
    return settled.delete()[0]


def _write(notice: Notice) -> Notice | None:
    """The row, or None if the person was told under this key."""
    if Notice.objects.filter(person=notice.person, key=notice.key).exists():
        return None
    try:
        # A savepoint: a rival with the same key must not spoil the caller's transaction.
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        return None
    return notice


def _in_one_line(value: Value) -> Value:
    """A name with line breaks in it writes no lines of ours into a letter."""
    return " ".join(value.split()) if isinstance(value, str) else value
