"""Entering, changing and ending bodies and terms of office."""

import datetime as dt
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.audit import operations as audit
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.edrpou import is_edrpou
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.visibility import raises
from pobratym.territory.choices import Kind
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.vocabulary.choices import Origin, Visibility
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal

By = AbstractBaseUser | None

# Territories that have organs of their own; settlements are represented by their hromada.
WITH_BODIES = frozenset({Kind.OBLAST, Kind.SPECIAL_CITY, Kind.RAION, Kind.HROMADA, Kind.DISTRICT})

CHANGEABLE = frozenset(
    {
        "name_uk",
        "name_en",
        "short_name_uk",
        "short_name_en",
        "edrpou",
        "official_email",
        "website",
        "acts_from",
        "source_url",
    }
)


class WrongCode(Refusal):
    """The EDRPOU code does not pass its check digit."""

    field = "edrpou"

    def __init__(self) -> None:
        super().__init__(_("This is not an EDRPOU code. Enter its eight digits as they stand in the state register."))


class AlreadyEntered(Refusal):
    """The body is there already."""


class WrongTerritory(Refusal):
    """Nothing of this kind acts for the territory."""

    field = "unit"


class WrongPeriod(Refusal):
    """An end that does not follow its beginning."""


class NotPublishedYet(Refusal):
    """A new record may be public from the start only if it is published elsewhere already."""

    field = "visibility"

    def __init__(self) -> None:
        super().__init__(
            _("Enter the source that already publishes this, or enter the record for the team and ask a second person.")
        )


@transaction.atomic
def add_body(
    *,
    kind: str,
    name_uk: str,
    name_en: str,
    short_name_uk: str,
    short_name_en: str,
    unit: Unit | None = None,
    abroad: CommunityAbroad | None = None,
    edrpou: str = "",
    official_email: str = "",
    website: str = "",
    acts_from: dt.date | None = None,
    acts_to: dt.date | None = None,
    source_url: str = "",
    origin: str = Origin.OWN,
    by: By,
    at: dt.datetime,
) -> Body:
    """Enter a body of exactly one territory.

    Raises WrongTerritory, WrongCode, WrongPeriod, or AlreadyEntered for a known code or for a second body of the
    same kind acting for the same territory at the same time.
    """
    _check_territory(kind, unit, abroad)
    _check_period(acts_from, acts_to, field="acts_to")
    edrpou = edrpou.strip()
    _check_code(edrpou, but=None)
    territory = unit or abroad
    if territory is not None and kind != BodyKind.STATE:
        same = Body.objects.of(territory).filter(kind=kind).overlapping(acts_from, acts_to).first()
        if same is not None:
            raise AlreadyEntered(
                _("“%(name)s” is entered for this territory and time. Use it, or end it first.") % {"name": same.name}
            )
    body = Body.objects.create(
        kind=kind,
        name_uk=name_uk.strip(),
        name_en=name_en.strip(),
        short_name_uk=short_name_uk.strip(),
        short_name_en=short_name_en.strip(),
        unit=unit,
        abroad=abroad,
        edrpou=edrpou,
        official_email=official_email.strip().lower(),
        website=website,
        acts_from=acts_from,
        acts_to=acts_to,
        source_url=source_url,
        origin=origin,
    )
    audit.record(verb="organisations.body.added", by=by, subject=body, at=at, body=body, name=body.name_uk)
    return body


@transaction.atomic
def change_body(*, body: Body, version: int, by: By, at: dt.datetime, **changes: Any) -> Body:
    """Change named fields of a body that the form saw in `version`.

    Raises ChangedMeanwhile if someone was quicker, WrongCode, WrongPeriod or AlreadyEntered.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_body does not change {', '.join(sorted(unknown))}")
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.version != version:
        raise ChangedMeanwhile
    changed = sorted(name for name, value in changes.items() if getattr(body, name) != value)
    if not changed:
        return body
    if "edrpou" in changed:
        changes["edrpou"] = changes["edrpou"].strip()
        _check_code(changes["edrpou"], but=body)
    for name in changed:
        setattr(body, name, changes[name])
    _check_period(body.acts_from, body.acts_to, field="acts_from")
    body.version += 1
    body.save(update_fields=[*changed, "version"])
    fields = ", ".join(changed)
    audit.record(verb="organisations.body.changed", by=by, subject=body, at=at, body=body, fields=fields)
    return body


@transaction.atomic
def end_body(*, body: Body, acts_to: dt.date, by: By, at: dt.datetime) -> Body:
    """The body acts until (not including) the day; the rights of its members end with it. Raises WrongPeriod."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    _check_period(body.acts_from, acts_to, field="acts_to")
    body.acts_to = acts_to
    body.version += 1
    body.save(update_fields=["acts_to", "version"])
    audit.record(verb="organisations.body.ended", by=by, subject=body, at=at, body=body, acts_to=acts_to.isoformat())
    return body


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
    _check_period(holds_from, holds_to, field="holds_to")
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
def end_office_holder(*, holder: OfficeHolder, holds_to: dt.date, by: By, at: dt.datetime) -> OfficeHolder:
    """The term ends on (not including) the day. Raises WrongPeriod."""
    holder = OfficeHolder.objects.select_for_update(of=("self",)).select_related("body").get(pk=holder.pk)
    _check_period(holder.holds_from, holds_to, field="holds_to")
    holder.holds_to = holds_to
    holder.save(update_fields=["holds_to"])
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
    holder.save(update_fields=["visibility"])
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


def _check_territory(kind: str, unit: Unit | None, abroad: CommunityAbroad | None) -> None:
    if (unit is None) == (abroad is None):
        raise WrongTerritory(_("Choose the one territory for which the body acts."))
    if (kind == BodyKind.ABROAD) != (abroad is not None):
        raise WrongTerritory(_("A municipality abroad needs a community abroad, any other body a unit of Ukraine."))
    if unit is not None and unit.kind not in WITH_BODIES:
        raise WrongTerritory(_("A settlement is represented by its community. Choose the community instead."))


def _check_period(begin: dt.date | None, end: dt.date | None, *, field: str) -> None:
    if begin is not None and end is not None and end <= begin:
        raise WrongPeriod(_("The end must be after the beginning. Correct one of the two dates."), field=field)


def _check_code(code: str, *, but: Body | None) -> None:
    if not code:
        return
    if not is_edrpou(code):
        raise WrongCode
    same = Body.objects.filter(edrpou=code).first()
    if same is not None and same != but:
        raise AlreadyEntered(
            _("This code belongs to “%(name)s”, which is entered already. Use it, or correct the code.")
            % {"name": same.name},
            field="edrpou",
        )
