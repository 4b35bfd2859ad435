"""Entering, changing and ending terms of office, and who may see them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.audit import operations as audit
from pobratym.organisations.choices import Mandate
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.operations.periods import By, check_period
from pobratym.organisations.visibility import raises
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal

CHANGEABLE = frozenset(
    {
        "person_uk",
        "person_en",
        "post_uk",
        "post_en",
        "mandate",
        "may_sign",
        "holds_from",
        "holds_to",
        "source_url",
    }
)


class NotPublishedYet(Refusal):
    """A new record may be public from the start only if it is published elsewhere already."""

    field = "visibility"

    def __init__(self) -> None:
        super().__init__(
            _("Enter the source that already publishes this, or enter the record for the team and ask a second person.")
        )


class AnotherPerson(Refusal):
    """A second person agreed to show one name, not any that is written over it."""

    field = "person_uk"

    def __init__(self) -> None:
        super().__init__(
            _("Others see this record. Show it to the team only first, or end the term and enter the new person.")
        )


@transaction.atomic
def add_office_holder(
    *,
    body: Body,
    person_uk: str,
    person_en: str,
    post_uk: str,
    post_en: str,
    mandate: str,
    may_sign: bool = False,
    holds_from: dt.date | None = None,
    holds_to: dt.date | None = None,
    source_url: str = "",
    origin: str = Origin.OWN,
    visibility: str = Visibility.TEAM,
    by: By,
    at: dt.datetime,
) -> OfficeHolder:
    """Enter who holds an office, from when till when; an unknown date stays empty.

    Wider than the team only if `source_url` publishes it already (else NotPublishedYet: it takes a second person).
    Raises WrongPeriod. The name never enters the trail.
    """
    check_period(holds_from, holds_to, field="holds_to")
    if raises(Visibility.TEAM, visibility) and not source_url:
        raise NotPublishedYet
    holder = OfficeHolder.objects.create(
        body=body,
        person_uk=person_uk.strip(),
        person_en=person_en.strip(),
        post_uk=post_uk.strip(),
        post_en=post_en.strip(),
        mandate=Mandate(mandate),
        may_sign=may_sign,
        holds_from=holds_from,
        holds_to=holds_to,
        source_url=source_url,
        origin=origin,
        visibility=visibility,
    )
    audit.record(verb="organisations.office_holder.added", by=by, subject=holder, at=at, body=body, post=holder.post_uk)
    return holder


@transaction.atomic
def change_office_holder(
    *, holder: OfficeHolder, version: int, by: By, at: dt.datetime, **changes: Any
) -> OfficeHolder:
    """Change named fields of a term of office that the form saw in `version`; visibility has its own way.

    Raises ChangedMeanwhile, WrongPeriod, or AnotherPerson for a new name on a record that others see already.
    The trail names the fields, never the person.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_office_holder does not change {', '.join(sorted(unknown))}")
    holder = _locked(holder, version)
    changes = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    changed = sorted(name for name, value in changes.items() if getattr(holder, name) != value)
    if not changed:
        return holder
    for name in changed:
        setattr(holder, name, changes[name])
    check_period(holder.holds_from, holder.holds_to, field="holds_to")
    if {"person_uk", "person_en"} & set(changed) and raises(Visibility.TEAM, holder.visibility):
        raise AnotherPerson
    holder.version += 1
    holder.save(update_fields=[*changed, "version"])
    audit.record(
        verb="organisations.office_holder.changed", by=by, subject=holder, at=at, body=holder.body,
        post=holder.post_uk, fields=", ".join(changed),
    )  # fmt: skip
    return holder


@transaction.atomic
def end_office_holder(
    *, holder: OfficeHolder, holds_to: dt.date, version: int | None = None, by: By, at: dt.datetime
) -> OfficeHolder:
    """The term ends on (not including) the day. Raises WrongPeriod or ChangedMeanwhile."""
    holder = _locked(holder, version)
    check_period(holder.holds_from, holds_to, field="holds_to")
    holder.holds_to = holds_to
    holder.version += 1
    holder.save(update_fields=["holds_to", "version"])
    audit.record(
        verb="organisations.office_holder.ended",
        by=by,
        subject=holder,
        at=at,
        body=holder.body,
        holds_to=holds_to.isoformat(),
        post=holder.post_uk,
    )
    return holder


@transaction.atomic
def set_office_holder_visibility(*, holder: OfficeHolder, visibility: str, by: By, at: dt.datetime) -> OfficeHolder:
    """Write another visibility. Lowering needs nobody; raising is called only by what a second person confirmed."""
    holder = OfficeHolder.objects.select_for_update(of=("self",)).select_related("body").get(pk=holder.pk)
    before, after = Visibility(holder.visibility), Visibility(visibility)
    if before == after:
        return holder
    holder.visibility = after
    holder.version += 1
    holder.save(update_fields=["visibility", "version"])
    audit.record(
        verb=f"organisations.office_holder.{'raised' if raises(before, after) else 'lowered'}",
        by=by,
        subject=holder,
        at=at,
        body=holder.body,
        before=before.value,
        after=after.value,
        post=holder.post_uk,
    )
    return holder


def _locked(holder: OfficeHolder, version: int | None) -> OfficeHolder:
    found = OfficeHolder.objects.select_for_update(of=("self",)).select_related("body").get(pk=holder.pk)
    if version is not None and found.version != version:
        raise ChangedMeanwhile
    return found
