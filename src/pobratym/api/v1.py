"""Version 1 of the read API: what is public, without an account; nothing else is reachable here."""

import datetime as dt
from typing import Annotated

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from ninja import Query
from ninja.decorators import decorate_view

from pobratym.agreements import queries as agreements
from pobratym.agreements.models import Agreement
from pobratym.api.description import Described
from pobratym.api.problems import DescribedAPI, Often, answer_problems, only
from pobratym.api.schemas import (
    CommitmentOut,
    PartnershipLine,
    PartnershipOut,
    PartyOut,
    PlaceOut,
    Problem,
    PublicationLine,
    PublicationOut,
    QuotationOut,
    StageOut,
    TrailEntryOut,
    TrailOut,
    ValueOut,
)
from pobratym.audit.queries import reference
from pobratym.newsroom import queries as newsroom
from pobratym.newsroom.happenings import Reader, is_coarse, reader_of
from pobratym.newsroom.models import Publication
from pobratym.organisations.details import details_for
from pobratym.partnerships import queries as partnerships
from pobratym.partnerships.models import Commitment, Partnership, Party, Value
from pobratym.portal import tracing
from pobratym.territory.models import Unit
from pobratym.vocabulary.choices import Visibility

PAGE = 50
PUBLIC_VALUES = Prefetch("values", Value.objects.visible_to(AnonymousUser()).order_by("period_from", "pk"))
Page = Annotated[int, Query(ge=1, le=10_000)]
Code = Annotated[str, Query(description="KATOTTG code", pattern=r"^UA[0-9]{17}$")]
NO_RECORD = "There is no public record with this number."

REFUSED = {400: Problem, 422: Problem, 429: Problem}

api = DescribedAPI(
    title="Pobratym",
    version="1",
    description="Partnerships of communities and news about them. A record of origin “generated” is an example.",
    urls_namespace="api-v1",
    docs=Described(),
    throttle=[Often()],
)
answer_problems(api)


@api.get("/partnerships", response={200: list[PartnershipLine], **REFUSED}, summary="Public partnerships")
@decorate_view(only("page"))
def list_partnerships(
    request: HttpRequest,  # noqa: ARG001
    page: Page = 1,
) -> list[PartnershipLine]:
    """Fifty a page, the newest first."""
    found = partnerships.visible_to(AnonymousUser()).order_by("-began_on", "-pk")
    return [_line(row) for row in found[(page - 1) * PAGE : page * PAGE]]


@api.get(
    "/partnerships/{int:number}",
    response={200: PartnershipOut, 404: Problem, **REFUSED},
    summary="A partnership with its values",
)
@decorate_view(only())
def get_partnership(request: HttpRequest, number: int) -> PartnershipOut:  # noqa: ARG001
    """Stages, commitments and values that are public."""
    found = partnerships.visible_to(AnonymousUser()).filter(pk=_key(number)).first()
    if found is None:
        raise Http404(NO_RECORD)
    coarse = partnerships.details_hidden(found, details_for(AnonymousUser(), timezone.localdate()))
    return PartnershipOut(
        **_line(found).dict(),
        dates="month" if coarse else "day",
        stages=[
            StageOut(stage=row.stage, reached_on=row.reached_on, origin=row.origin)
            for row in found.transitions.order_by("reached_on", "pk")
        ],
        commitments=[
            _commitment(row, coarse=coarse)
            for row in found.commitments.visible_to(AnonymousUser()).order_by("pk").prefetch_related(PUBLIC_VALUES)
        ],
    )


@api.get(
    "/partnerships/{int:number}/trail",
    response={200: TrailOut, 404: Problem, **REFUSED},
    summary="The public record of a partnership",
)
@decorate_view(only())
def get_partnership_trail(request: HttpRequest, number: int) -> TrailOut:  # noqa: ARG001
    """What happened to a public partnership, oldest first."""
    found = partnerships.visible_to(AnonymousUser()).filter(visibility=Visibility.PUBLIC, pk=_key(number)).first()
    if found is None:
        raise Http404(NO_RECORD)
    return _trail(found, "portal:partnership_extract")


@api.get(
    "/agreements/{int:number}/trail",
    response={200: TrailOut, 404: Problem, **REFUSED},
    summary="The public record of a paper",
)
@decorate_view(only())
def get_agreement_trail(request: HttpRequest, number: int) -> TrailOut:  # noqa: ARG001
    """What happened to a public paper, oldest first."""
    found = agreements.papers(AnonymousUser()).filter(visibility=Visibility.PUBLIC, pk=_key(number)).first()
    if found is None:
        raise Http404(NO_RECORD)
    return _trail(found, "portal:agreement_extract")


@api.get(
    "/publications",
    response={200: list[PublicationLine], 404: Problem, **REFUSED},
    summary="Published items",
)
@decorate_view(only("page", "hromada", "oblast"))
def list_publications(
    request: HttpRequest,  # noqa: ARG001
    page: Page = 1,
    hromada: Code = "",
    oblast: Code = "",
) -> list[PublicationLine]:
    """Fifty a page, the newest first, in every language."""
    _check_codes(hromada, oblast)
    found = newsroom.listed(hromada=hromada, oblast=oblast).prefetch_related("tags", "topics")
    reader = reader_of(AnonymousUser(), timezone.localdate())
    return [_item(row, reader) for row in found[(page - 1) * PAGE : page * PAGE]]


@api.get(
    "/publications/{int:number}",
    response={200: PublicationOut, 404: Problem, **REFUSED},
    summary="A published item",
)
@decorate_view(only())
def get_publication(request: HttpRequest, number: int) -> PublicationOut:  # noqa: ARG001
    """The text with its quotations."""
    found = newsroom.for_page(AnonymousUser()).filter(pk=_key(number)).first()
    if found is None:
        raise Http404(NO_RECORD)
    return PublicationOut(
        **_item(found, reader_of(AnonymousUser(), timezone.localdate())).dict(),
        body=found.body,
        quotations=[
            QuotationOut(
                text=words.text,
                is_retold=words.is_retold,
                speaker=words.speaker,
                office=words.office,
                source_name=words.source_name,
                source_url=words.source_url,
            )
            for words in found.quotations.order_by("position")
        ],
    )


def _check_codes(*codes: str) -> None:
    """A code that the codifier does not have is told, not answered by an empty list."""
    for code in filter(None, codes):
        if not Unit.objects.filter(pk=code).exists():
            raise Http404(f"The codifier has no unit {code}.")


def _key(number: int) -> int:
    """A number no database key can have is a record that does not exist."""
    if number > 2**63 - 1:
        raise Http404(NO_RECORD)
    return number


def _address(name: str, key: int) -> str:
    with translation.override("uk"):
        return settings.ADDRESS + reverse(name, args=[key])


def _line(row: Partnership) -> PartnershipLine:
    return PartnershipLine(
        id=row.pk,
        address=_address("portal:partnership", row.pk),
        subject_uk=row.subject_uk,
        subject_en=row.subject_en,
        programme=row.programme,
        stage=row.stage,
        began_on=row.began_on,
        ended_on=row.ended_on,
        origin=row.origin,
        parties=[_party(party) for party in row.parties.all()],
    )


def _trail(record: Partnership | Agreement, page: str) -> TrailOut:
    told = {}
    for language in ("uk", "en"):
        with translation.override(language):
            told[language] = tracing.extract_of(record, AnonymousUser())
    return TrailOut(
        record=reference(record),
        address=_address(page, record.pk),
        dates="month" if tracing.is_coarse(record, AnonymousUser()) else "day",
        entries=[
            TrailEntryOut(
                position=uk.position,
                day=uk.day,
                sentence_uk=uk.sentence,
                sentence_en=en.sentence,
                body_uk=uk.body or None,
                body_en=en.body or None,
                digest=uk.digest or None,
            )
            for uk, en in zip(told["uk"], told["en"], strict=True)
        ],
    )


def _party(party: Party) -> PartyOut:
    body = party.body
    if body.unit is not None:
        place = PlaceOut(code=body.unit.code, country="UA", name_uk=body.unit.short_name, name_en=body.unit.name_en)
    elif body.abroad is not None:
        place = PlaceOut(
            code=None, country=body.abroad.country, name_uk=body.abroad.name_uk, name_en=body.abroad.name_en
        )
    else:
        raise AssertionError(body.pk)  # a constraint of the table says that this cannot be
    return PartyOut(body_uk=body.name_uk, body_en=body.name_en, place=place, role=party.role, state=party.state)


def _commitment(row: Commitment, *, coarse: bool) -> CommitmentOut:
    return CommitmentOut(
        direction=row.direction,
        text_uk=row.text_uk,
        text_en=row.text_en,
        groups=row.groups,
        done_on=_month(row.done_on) if coarse and row.done_on else row.done_on,
        origin=row.origin,
        values=[
            ValueOut(
                amount=value.amount,
                margin=value.margin,
                unit_uk=value.unit_uk,
                unit_en=value.unit_en,
                period_from=_month(value.period_from) if coarse else value.period_from,
                # The first day after the last month.
                period_to=_next_month(value.last_day) if coarse else value.period_to,
                proof=value.proof,
                origin=value.origin,
            )
            for value in row.values.all()
        ],
    )


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def _item(row: Publication, reader: Reader) -> PublicationLine:
    return PublicationLine(
        id=row.pk,
        address=_address("newsroom:item", row.pk),
        type=row.type,
        language=row.language,
        title=row.title,
        lead=row.lead,
        dated_on=_month(row.dated_on) if is_coarse(row, reader) else row.dated_on,
        source_name=row.source_name,
        source_url=row.source_url,
        oblasts=sorted(unit.pk for unit in row.oblasts.all()),
        hromadas=sorted(unit.pk for unit in row.hromadas.all()),
        tags=sorted(tag.name_uk for tag in row.tags.all()),
        directions=[str(direction) for direction in row.directions],
        origin=row.origin,
    )
