"""The shapes of the read API. Dates are ISO 8601, amounts are decimal strings, codes are KATOTTG."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema


class Problem(Schema):
    """Why a request was refused, in a sentence (RFC 9457)."""

    type: str = Field(description="always about:blank: the status says the kind")
    title: str
    status: int
    detail: str


class PlaceOut(Schema):
    """A unit of the codifier, or a community abroad when `code` is empty."""

    code: str | None = Field(description="KATOTTG code; empty for a community abroad")
    country: str = Field(description="ISO 3166-1 alpha-2")
    name_uk: str
    name_en: str


class PartyOut(Schema):
    body_uk: str
    body_en: str
    place: PlaceOut
    role: str
    state: str


class ValueOut(Schema):
    """A figure with its proof. `origin` “generated” marks an example, never a fact."""

    amount: Decimal
    margin: Decimal | None
    unit_uk: str
    unit_en: str
    period_from: dt.date
    period_to: dt.date = Field(description="the first day after the period")
    proof: str
    origin: str


class CommitmentOut(Schema):
    direction: str
    text_uk: str
    text_en: str
    groups: list[str]
    done_on: dt.date | None = Field(description="its month’s first day where `dates` is “month”")
    origin: str
    values: list[ValueOut]


class StageOut(Schema):
    stage: str
    reached_on: dt.date | None
    origin: str


class PartnershipLine(Schema):
    id: int
    address: str
    subject_uk: str
    subject_en: str
    programme: str
    stage: str
    began_on: dt.date
    ended_on: dt.date | None
    origin: str
    parties: list[PartyOut]


class PartnershipOut(PartnershipLine):
    dates: Literal["day", "month"] = Field(
        description="how exact the days of work are: only months while a party’s territory is at risk"
    )
    stages: list[StageOut]
    commitments: list[CommitmentOut]


class QuotationOut(Schema):
    text: str
    is_retold: bool
    speaker: str
    office: str
    source_name: str
    source_url: str


class PublicationLine(Schema):
    id: int
    address: str
    type: str
    language: str
    title: str
    lead: str
    dated_on: dt.date = Field(description="the first day of the month where the exact date is not shown")
    source_name: str
    source_url: str
    oblasts: list[str] = Field(description="KATOTTG codes")
    hromadas: list[str] = Field(description="KATOTTG codes")
    tags: list[str]
    directions: list[str]
    origin: str


class PublicationOut(PublicationLine):
    body: str = Field(description="sanitised HTML")
    quotations: list[QuotationOut]


class TrailEntryOut(Schema):
    """A public entry of a record's trail; persons are not named."""

    position: int = Field(description="Place in the record's chain; numbers left out are not public")
    day: dt.date
    sentence_uk: str
    sentence_en: str
    body_uk: str | None = Field(description="The body that acted")
    body_en: str | None
    digest: str | None = Field(description="SHA-256 over the entry and the digest before it; null if days are months")


class TrailOut(Schema):
    """What anyone may read of a record's trail."""

    record: str = Field(description="How seals of the trail name the record")
    address: str
    dates: Literal["day", "month"] = Field(description="“month”: each day is the first of its month")
    entries: list[TrailEntryOut]
