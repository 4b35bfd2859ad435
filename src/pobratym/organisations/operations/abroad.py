"""Entering a community of another country with the municipality that acts for it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body
from pobratym.organisations.operations.bodies import add_body
from pobratym.organisations.operations.periods import By
from pobratym.territory.operations import add_community_abroad


@transaction.atomic
def enter_abroad(
    *,
    country: str,
    place_uk: str,
    place_en: str,
    place_own: str,
    name_uk: str,
    name_en: str,
    source: str,
    lau_code: str = "",
    geonames_id: int | None = None,
    wikidata_id: str = "",
    official_email: str = "",
    official_email_source: str = "",
    website: str = "",
    by: By,
    at: dt.datetime,
) -> Body:
    """Enter both in one transaction: a community without a body cannot be proposed anything.

    Raises the refusals of `add_community_abroad` and `add_body`.
    """
    community = add_community_abroad(
        country=country, name_uk=place_uk.strip(), name_en=place_en.strip(), name_own=place_own.strip(),
        source=source.strip(), lau_code=lau_code, geonames_id=geonames_id, wikidata_id=wikidata_id, by=by, at=at,
    )  # fmt: skip
    return add_body(
        kind=BodyKind.ABROAD, name_uk=name_uk, name_en=name_en, short_name_uk=place_uk, short_name_en=place_en,
        abroad=community, official_email=official_email, official_email_source=official_email_source, website=website,
        source_url=_address_in(source), by=by, at=at,
    )  # fmt: skip


def _address_in(source: str) -> str:
    """The source if it is an address, else nothing: a table's name is kept with the community."""
    try:
        URLValidator(schemes=("http", "https"))(source.strip())
    except ValidationError:
        return ""
    return source.strip()
