"""What the pages of bodies look for: lists in the order of the alphabet, one body, its terms of office."""

import datetime as dt

from django.db.models import Q

from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body, BodyQuerySet, OfficeHolder, OfficeHolderQuerySet


def bodies_for_page(user: object) -> BodyQuerySet:
    """Bodies with all that a line of one shows; they are public but for those taken down."""
    return _with_places(Body.objects.visible_to(user))


def _with_places(rows: BodyQuerySet) -> BodyQuerySet:
    return rows.select_related("unit__oblast", "unit__raion", "unit__hromada", "abroad", "follows")


def found(text: str = "", kind: str = "") -> BodyQuerySet:
    """Bodies by a part of any of their names or by their code, and by kind."""
    rows = _with_places(Body.objects.named(text))
    return (rows.filter(kind=kind) if kind in BodyKind.values else rows).in_order()


def followers_of(body: Body, user: object) -> BodyQuerySet:
    """The bodies that follow it on its territory, as the reader may see them."""
    return body.followed_by.all().visible_to(user).order_by("acts_from", "pk")


def abroad_named(text: str, on: dt.date, user: object = None) -> list[Body]:
    """Municipalities abroad that act on the day, by a part of a name in any language; exact names come alone."""
    rows = list(found(text, BodyKind.ABROAD).visible_to(user).acting(on)[:20])
    wanted = text.strip().casefold()
    exact = [body for body in rows if wanted in {name.casefold() for name in _names(body)}]
    return exact or rows


def _names(body: Body) -> list[str]:
    names = [body.short_name_uk, body.short_name_en, body.name_uk, body.name_en]
    return names if body.abroad is None else [*names, body.abroad.name_uk, body.abroad.name_en, body.abroad.name_own]


def holders_for_page(user: object) -> OfficeHolderQuerySet:
    """Terms of office that the user may see, with their bodies."""
    return OfficeHolder.objects.visible_to(user).select_related("body__unit", "body__abroad")


def ended_holders(body: Body, on: dt.date, user: object) -> OfficeHolderQuerySet:
    """Those who held an office of the body and hold it no more, or not yet, the latest first."""
    past = Q(holds_to__lte=on) | Q(holds_from__gt=on)
    return holders_for_page(user).filter(past, body=body).order_by("-holds_to", "-pk")
