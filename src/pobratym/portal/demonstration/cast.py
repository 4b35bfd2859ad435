"""Who acts in the demonstration: bodies of real communities, office-holders whom sources name, roles as accounts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pobratym.accounts.choices import Role
from pobratym.accounts.models import User
from pobratym.accounts.operations import demonstration_account, give_role, make_demonstration_account
from pobratym.organisations.choices import BodyKind, Mandate
from pobratym.organisations.models import Body
from pobratym.organisations.operations import add_body, add_office_holder
from pobratym.portal.demonstration.texts import FOUNDING_URL, SIGNING_URL, TWINNING_URL
from pobratym.territory.models import CommunityAbroad, Unit
from pobratym.territory.operations import add_community_abroad
from pobratym.vocabulary.choices import Origin, Visibility

KALUSH = "UA26060170000091466"
ZAPORIZHZHIA = "UA23060070000082704"
KHOTYN = "UA73040190000062796"

# Before the first record of the story.
BEGINNING = dt.datetime(2024, 1, 1, 9, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class RoleAccount:
    """An account of the demonstration: its role is its name."""

    key: str
    name: str
    label: Any
    role: Role
    code: str = ""


ROLES = (
    RoleAccount("kalush", "Калуш, координація", _("Coordinator of Kalush"), Role.COORDINATOR, KALUSH),
    RoleAccount(
        "zaporizhzhia", "Запоріжжя, координація", _("Coordinator of Zaporizhzhia"), Role.COORDINATOR, ZAPORIZHZHIA
    ),
    RoleAccount("kalush-signs", "Калуш, підпис", _("Signatory of Kalush"), Role.SIGNATORY, KALUSH),
    RoleAccount(
        "zaporizhzhia-signs", "Запоріжжя, підпис", _("Signatory of Zaporizhzhia"), Role.SIGNATORY, ZAPORIZHZHIA
    ),
    RoleAccount("editor", "Редакція", _("Editor"), Role.EDITOR),
    RoleAccount("moderator", "Модерація", _("Moderator"), Role.MODERATOR),
    RoleAccount("reader", "Читання", _("Reader"), Role.READER),
)


def person(key: str) -> User:
    """The account of a role."""
    return demonstration_account(key=key)


def body(code: str) -> Body:
    """The council of a community in the story."""
    return Body.objects.select_related("unit", "abroad").get(unit=code)


def abroad(name: str) -> Body:
    """A municipality abroad in the story."""
    return Body.objects.select_related("unit", "abroad").get(abroad__name_own=name)


def gather(*, at: dt.datetime) -> None:
    """Enter the bodies, the office-holders and the accounts, once; a second time changes nothing."""
    if not Body.objects.exists():
        _councils(at)
        _municipalities_abroad(at)
    for role in ROLES:
        account = make_demonstration_account(key=role.key, name=role.name, email=f"{role.key}@pobratym.example", at=at)
        if not account.memberships.exists():
            give_role(
                person=account,
                role=role.role,
                body=body(role.code) if role.code else None,
                holds_from=BEGINNING,
                by=None,
                at=at,
            )


def _council(code: str, names: tuple[str, str, str, str], *, email: str, origin: str, at: dt.datetime) -> Body:
    return add_body(
        kind=BodyKind.COUNCIL,
        name_uk=names[0],
        name_en=names[1],
        short_name_uk=names[2],
        short_name_en=names[3],
        unit=Unit.objects.get(pk=code),
        official_email=email,
        origin=origin,
        by=None,
        at=at,
    )


def _councils(at: dt.datetime) -> None:
    kalush = _council(
        KALUSH,
        ("Калуська міська рада", "Kalush City Council", "Калуш", "Kalush"),
        email="kalush-rada@pobratym.example",
        origin=Origin.FOUNDING,
        at=at,
    )
    zaporizhzhia = _council(
        ZAPORIZHZHIA,
        ("Запорізька міська рада", "Zaporizhzhia City Council", "Запоріжжя", "Zaporizhzhia"),
        email="zaporizhzhia-rada@pobratym.example",
        origin=Origin.FOUNDING,
        at=at,
    )
    _council(
        KHOTYN,
        ("Хотинська міська рада", "Khotyn City Council", "Хотин", "Khotyn"),
        email="khotyn-rada@pobratym.example",
        origin=Origin.SOURCE,
        at=at,
    )
    _office_holders(kalush, zaporizhzhia, at)


def _office_holders(kalush: Body, zaporizhzhia: Body, at: dt.datetime) -> None:
    # The sources name these two and what they signed; since when and until when they hold office they do not say.
    add_office_holder(
        body=kalush,
        person_uk="Андрій Найда",
        person_en="Andrii Naida",
        post_uk="Калуський міський голова",
        post_en="Mayor of Kalush",
        mandate=Mandate.ELECTED,
        may_sign=True,
        source_url=FOUNDING_URL,
        origin=Origin.FOUNDING,
        visibility=Visibility.PUBLIC,
        by=None,
        at=at,
    )
    add_office_holder(
        body=zaporizhzhia,
        person_uk="Анатолій Куртєв",
        person_en="Anatolii Kurtiev",
        post_uk="секретар Запорізької міської ради",
        post_en="secretary of Zaporizhzhia City Council",
        mandate=Mandate.ACTING,
        may_sign=True,
        source_url=SIGNING_URL,
        origin=Origin.FOUNDING,
        visibility=Visibility.PUBLIC,
        by=None,
        at=at,
    )


def _municipalities_abroad(at: dt.datetime) -> None:
    for country, uk, en, own, lat, lon, council_uk, council_en in (
        ("PL", "Жагань", "Żagań", "Żagań", 51.618, 15.315, "Ґміна міста Жагань", "Municipality of Żagań"),
        ("DE", "Тельтов", "Teltow", "Teltow", 52.402, 13.271, "Місто Тельтов", "Town of Teltow"),
    ):
        place: CommunityAbroad = add_community_abroad(
            country=country,
            name_uk=uk,
            name_en=en,
            name_own=own,
            lat=lat,
            lon=lon,
            source="GeoNames (CC BY 4.0)",
            origin=Origin.SOURCE,
            by=None,
            at=at,
        )
        add_body(
            kind=BodyKind.ABROAD,
            name_uk=council_uk,
            name_en=council_en,
            short_name_uk=uk,
            short_name_en=en,
            abroad=place,
            source_url=TWINNING_URL,
            origin=Origin.SOURCE,
            by=None,
            at=at,
        )
