"""What the composed pages ask: counts with their date, the chronicle, what a search finds."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hromadkit import places
from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.rules import speaks_for
from pobratym.agreements.choices import AgreementState
from pobratym.agreements.models import Agreement
from pobratym.newsroom import happenings
from pobratym.newsroom import queries as newsroom
from pobratym.newsroom.models import Publication
from pobratym.organisations import takedown
from pobratym.partnerships import queries as partnerships
from pobratym.partnerships.choices import Stage
from pobratym.partnerships.models import Partnership, Party
from pobratym.partnerships.queries.story import Happened
from pobratym.territory import queries as territory
from pobratym.territory.choices import Kind
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.vocabulary.refusals import Refusal

# So many records of a kind are named before an order is given.
NAMED = 20


class NothingToSign(Refusal):
    """No paper waits for this user's signature."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Nothing waits for your signature: the text is not agreed yet, or you have signed."))


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Counts of what is public, with their day."""

    partnerships: int
    communities: int
    signed: int
    on: dt.date


def public_figures(at: dt.datetime) -> PublicFigures:
    """Partnerships that anyone may see, the bodies in them, and how many reached a memorandum or more."""
    figures = partnerships.visible_to(AnonymousUser()).aggregate(
        partnerships=Count("pk", distinct=True),
        communities=Count("parties__body", distinct=True, filter=Q(parties__state__in=["agreed", "signed"])),
        signed=Count("pk", distinct=True, filter=Q(stage__in=[Stage.MEMORANDUM, Stage.PARTNERSHIP, Stage.TWINS])),
    )
    return PublicFigures(**figures, on=at.date())


def communities_by_region() -> list[tuple[Unit, int]]:
    """Each oblast and special city in the order of the alphabet with the number of its communities."""
    counts = dict(
        Unit.objects.filter(kind=Kind.HROMADA).order_by().values_list("oblast").annotate(number=Count("pk")),
    )
    return [(region, counts.get(region.pk, 0)) for region in territory.regions()]


def trail_of(unit: Unit) -> list[tuple[str, str]]:
    """The way from the country down to the unit, without the unit itself."""
    steps = [(_("Ukraine"), reverse("portal:country"))]
    above = [over for over in (unit.oblast, unit.raion) if over and over != unit]
    return steps + [(over.everyday_name, reverse("portal:place", args=[over.code])) for over in above]


def chronicle(partnership: Partnership, user: object, news: Sequence[Publication], on: dt.date) -> list[Happened]:
    """Stages, papers and news of a partnership, newest first; without exact days where they are kept back."""
    reader = happenings.reader_of(user, on)
    coarse = partnerships.details_hidden(partnership, reader.details)
    told = [
        Happened(
            on=item.dated_on,
            title=item.title,
            url=reverse("newsroom:item", args=[item.pk]),
            kind=str(item.get_type_display()),
            origin=item.origin,
            coarse=happenings.is_coarse(item, reader),
        )
        for item in news
    ]
    known = partnerships.chronicle_of(partnership, user, coarse=coarse)
    return sorted([*known, *told], key=lambda event: event.on, reverse=True)


def featured() -> Partnership | None:
    """The public partnership that moved last, for the first page."""
    public = partnerships.visible_to(AnonymousUser()).filter(ended_on=None)
    return public.annotate(moved_on=Max("transitions__reached_on")).order_by("-moved_on", "-pk").first()


def to_sign(partnership: Partnership, user: User) -> tuple[Agreement, Party]:
    """The paper that waits for a signature of a body for which the user signs. Raises NothingToSign."""
    for paper in partnership.papers.filter(state=AgreementState.AGREED).order_by("-pk"):
        unsigned = set(paper.parties.filter(signed_on=None, dropped_on=None).values_list("body_id", flat=True))
        for party in partnership.parties.all():
            if party.body_id in unsigned and party.is_present and speaks_for(user, party.body, Role.SIGNATORY):
                return paper, party
    raise NothingToSign


def codes_within(unit: Unit) -> list[str]:
    """The unit's code, and those of the communities in it: their partnerships are shown with it."""
    if unit.is_community:
        return [unit.pk]
    return [unit.pk, *territory.hromadas_of(unit).order_by().values_list("pk", flat=True)]


def where(partnership: Partnership) -> list[Unit | CommunityAbroad]:
    """The territories of the present parties, in their order."""
    found = [party.body.unit or party.body.abroad for party in partnership.parties.all() if party.is_present]
    return [place for place in found if place]


def distance_between(territories: Sequence[Unit | CommunityAbroad]) -> int | None:
    """Kilometres as the crow flies between two seats; between more, or unknown ones, there is none."""
    if len(territories) != 2:
        return None
    first, second = (territory.point for territory in territories)
    return round(places.distance_km(first, second)) if first and second else None


@dataclass(frozen=True, slots=True)
class Reached:
    """Records of one kind that an order would hide: how many, and the first of them by name."""

    kind: str
    number: int
    first: list[str]


def reached(pattern: str) -> list[Reached]:
    """What an order would hide, kind by kind; kinds of which nothing is found are left out."""
    found = [(kind, rows.count(), rows[:NAMED]) for kind, rows in takedown.reached(pattern)]
    return [Reached(str(kind), number, [str(row) for row in first]) for kind, number, first in found if number]


def partnerships_found(text: str, units: Sequence[Unit], user: object) -> list[Partnership]:
    """Visible partnerships of the places found, or whose subject holds the text."""
    codes = [code for unit in units for code in (unit.pk, unit.hromada_id) if code]
    found = partnerships.visible_to(user).filter(
        Q(parties__body__unit__in=codes) | Q(subject_uk__icontains=text) | Q(subject_en__icontains=text),
    )
    return list(found.distinct().order_by("-began_on")[:10])


def publications_found(text: str) -> list[Publication]:
    """Published items whose title holds the text; the search by word forms is a later issue."""
    key = places.search_key(text)
    items = newsroom.listed(get_language())[:400]
    return [item for item in items if key in places.search_key(f"{item.title} {item.lead}")][:10]
