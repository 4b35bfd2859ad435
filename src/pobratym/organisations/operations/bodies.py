"""Entering, changing, ending bodies, and letting one follow another."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pobratym.audit import operations as audit
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.edrpou import is_edrpou
from pobratym.organisations.models import Body
from pobratym.organisations.operations.periods import By, WrongPeriod, check_period
from pobratym.territory.choices import Kind
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.vocabulary.choices import Origin
from pobratym.vocabulary.refusals import ChangedMeanwhile, Refusal

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
        "official_email_source",
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
    official_email_source: str = "",
    website: str = "",
    acts_from: dt.date | None = None,
    acts_to: dt.date | None = None,
    source_url: str = "",
    follows: Body | None = None,
    origin: str = Origin.OWN,
    by: By,
    at: dt.datetime,
) -> Body:
    """Enter a body of exactly one territory.

    Raises WrongTerritory, WrongCode, WrongPeriod, or AlreadyEntered for a known code or for a second body of the
    same kind acting for the same territory at the same time.
    """
    _check_territory(kind, unit, abroad)
    check_period(acts_from, acts_to, field="acts_to")
    edrpou = edrpou.strip()
    _check_code(edrpou, but=None)
    territory = unit or abroad
    if territory is not None and kind != BodyKind.STATE:
        same = Body.objects.of(territory).filter(kind=kind).overlapping(acts_from, acts_to).first()
        if same is not None:
            raise AlreadyEntered(
                _("“%(name)s” is entered for this territory and time. Use it, or end it first.") % {"name": same.name}
            )
    body = Body(
        kind=kind,
        name_uk=name_uk.strip(),
        name_en=name_en.strip(),
        short_name_uk=short_name_uk.strip(),
        short_name_en=short_name_en.strip(),
        unit=unit,
        abroad=abroad,
        edrpou=edrpou,
        official_email=official_email.strip().lower(),
        official_email_source=official_email_source,
        website=website,
        acts_from=acts_from,
        acts_to=acts_to,
        source_url=source_url,
        follows=follows,
        origin=origin,
    )
    body.write_keys()
    body.save()
    audit.record(verb="organisations.body.added", by=by, subject=body, at=at, body=body, name=body.name_uk)
    return body


@transaction.atomic
def change_body(*, body: Body, version: int, by: By, at: dt.datetime, **changes: Any) -> Body:
    """Change named fields of a body that the form saw in `version`.

    Raises ChangedMeanwhile if someone was quicker, WrongCode, WrongPeriod or AlreadyEntered.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"change_body does not change {', '.join(sorted(unknown))}")
    body = Body.objects.select_for_update(of=("self",)).select_related("abroad").get(pk=body.pk)
    if body.version != version:
        raise ChangedMeanwhile
    changes = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    if "official_email" in changes:
        changes["official_email"] = changes["official_email"].lower()
    changed = sorted(name for name, value in changes.items() if getattr(body, name) != value)
    if not changed:
        return body
    if "edrpou" in changed:
        _check_code(changes["edrpou"], but=body)
    for name in changed:
        setattr(body, name, changes[name])
    check_period(body.acts_from, body.acts_to, field="acts_from")
    body.version += 1
    body.write_keys()
    body.save(update_fields=[*changed, "version", "keys", "sort_key"])
    fields = ", ".join(changed)
    audit.record(verb="organisations.body.changed", by=by, subject=body, at=at, body=body, fields=fields)
    return body


@transaction.atomic
def end_body(*, body: Body, acts_to: dt.date, version: int | None = None, by: By, at: dt.datetime) -> Body:
    """The body acts until (not including) the day; the rights of its members end with it.

    Raises WrongPeriod, or ChangedMeanwhile if the form saw another version.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    if version is not None and body.version != version:
        raise ChangedMeanwhile
    check_period(body.acts_from, acts_to, field="acts_to")
    body.acts_to = acts_to
    body.version += 1
    body.save(update_fields=["acts_to", "version"])
    audit.record(verb="organisations.body.ended", by=by, subject=body, at=at, body=body, acts_to=acts_to.isoformat())
    return body


@transaction.atomic
def follow_body(
    *,
    body: Body,
    version: int,
    kind: str,
    acts_from: dt.date,
    ends_former: bool,
    name_uk: str,
    name_en: str,
    by: By,
    at: dt.datetime,
    **facts: Any,
) -> Body:
    """Enter the body that follows on the same territory from a day: mostly a military administration after a council.

    With `ends_former` the former one acts until that day and its members lose their rights; without it both act, the
    military administration before the council. People are not carried over: the new body is joined anew.
    Raises ChangedMeanwhile, AlreadyEntered, WrongTerritory, WrongCode or WrongPeriod.
    """
    body = Body.objects.select_for_update(of=("self",)).select_related("unit", "abroad").get(pk=body.pk)
    if body.version != version:
        raise ChangedMeanwhile
    if ends_former:
        if body.acts_from is not None and acts_from <= body.acts_from:
            raise WrongPeriod(
                _("The new body must begin after the former one did. Correct the day."), field="acts_from"
            )
        end_body(body=body, acts_to=acts_from, version=version, by=by, at=at)
    made = add_body(
        kind=kind, name_uk=name_uk, name_en=name_en, short_name_uk=body.short_name_uk, short_name_en=body.short_name_en,
        unit=body.unit, abroad=body.abroad, acts_from=acts_from, follows=body, by=by, at=at, **facts,
    )  # fmt: skip
    audit.record(
        verb="organisations.body.followed", by=by, subject=body, at=at, body=body,
        acts_from=acts_from.isoformat(), name=made.name_uk,
    )  # fmt: skip
    return made


def _check_territory(kind: str, unit: Unit | None, abroad: CommunityAbroad | None) -> None:
    if (unit is None) == (abroad is None):
        raise WrongTerritory(_("Choose the one territory for which the body acts."))
    if (kind == BodyKind.ABROAD) != (abroad is not None):
        raise WrongTerritory(_("A municipality abroad needs a community abroad, any other body a unit of Ukraine."))
    if unit is not None and unit.kind not in WITH_BODIES:
        raise WrongTerritory(_("A settlement is represented by its community. Choose the community instead."))


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
