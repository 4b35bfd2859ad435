"""Reading bodies and office-holders."""

import datetime as dt

from django.db.models import Case, F, IntegerField, Value, When

from pobratym.organisations.choices import BodyKind
from pobratym.organisations.details import Details, details_for
from pobratym.organisations.models import Body, BodyQuerySet, OfficeHolder, OfficeHolderQuerySet
from pobratym.organisations.takedown import Takedown, TakedownQuerySet
from pobratym.territory.models import CommunityAbroad, Unit

# Where a military administration was formed it acts instead of the council (law 389-VIII, articles 10 and 15).
PRECEDENCE = (BodyKind.MILITARY, BodyKind.COUNCIL, BodyKind.ABROAD, BodyKind.STATE)


def bodies() -> BodyQuerySet:
    """All bodies with their territories; they are public."""
    return Body.objects.select_related("unit", "abroad")


def bodies_shown(territory: Unit | CommunityAbroad, on: dt.date, user: object) -> BodyQuerySet:
    """The bodies that act for the territory on the day, as the reader may see them."""
    return bodies_of(territory, on).visible_to(user)


def bodies_of(territory: Unit | CommunityAbroad, on: dt.date) -> BodyQuerySet:
    """The bodies that act for the territory on the day, the one that takes precedence first."""
    places = [When(kind=kind, then=Value(place)) for place, kind in enumerate(PRECEDENCE)]
    precedence = Case(*places, default=Value(len(PRECEDENCE)), output_field=IntegerField())
    return bodies().of(territory).acting(on).order_by(precedence, "acts_from", "pk")


def acting_body(territory: Unit | CommunityAbroad, on: dt.date) -> Body | None:
    """The body that speaks for the territory on the day: a military administration before a council."""
    return bodies_of(territory, on).exclude(kind=BodyKind.STATE).first()


def takedowns() -> TakedownQuerySet:
    """All orders: those in force first, then the newest. Only for those who may give them."""
    return Takedown.objects.order_by(F("hidden_to").desc(nulls_first=True), "-hidden_from", "-pk")


def office_holders(body: Body, on: dt.date, user: object, details: Details | None = None) -> OfficeHolderQuerySet:
    """Those in office on the day whom the user may see, signatories first; of a territory at risk insiders alone.

    A page that has `details` already passes them, with the bodies that work with the reader's own.
    """
    details = details or details_for(user, on)
    if details.hidden_at(body.unit, [body.pk]):
        return OfficeHolder.objects.none()
    found = OfficeHolder.objects.filter(body=body).holding(on).visible_to(user)
    return found.select_related("body").order_by("-may_sign", "pk")


def who_may_sign(body: Body, on: dt.date) -> OfficeHolderQuerySet:
    """Those who may sign for the body on the day, whoever asks: for checks, not for showing."""
    if not Body.objects.acting(on).filter(pk=body.pk).exists():
        return OfficeHolder.objects.none()
    return OfficeHolder.objects.filter(body=body, may_sign=True).holding(on).select_related("body").order_by("pk")
