"""Reading choices, and finding the people who hear of something."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from pobratym.accounts.choices import SUBSTITUTED_ROLES
from pobratym.accounts.models import Absence, Membership, User
from pobratym.notices.choices import Weekday, When
from pobratym.notices.kinds import Kind
from pobratym.notices.models import Correspondence, Preference

DEFAULT_LANGUAGE = "uk"


def chosen_by(person: User) -> dict[str, str]:
    """What the person chose, by kind; nothing for a kind that follows its default."""
    return dict(Preference.objects.filter(person=person).values_list("kind", "when"))


def when_of(kind: Kind, people: Iterable[User]) -> dict[int, When]:
    """When each of the people hears of the kind: as chosen, or by default."""
    keys = [person.pk for person in people]
    chosen = dict(Preference.objects.filter(kind=kind.name, person__in=keys).values_list("person_id", "when"))
    return {key: When(chosen.get(key, kind.default)) for key in keys}


def correspondence_of(person: User) -> Correspondence:
    """How to write to the person; unsaved and empty if nothing was chosen."""
    return Correspondence.objects.filter(person=person).first() or Correspondence(person=person)


def languages_of(people: Iterable[User], at: dt.datetime) -> dict[int, str]:
    """The chosen language; else English for who works for a municipality abroad, Ukrainian for all others."""
    keys = [person.pk for person in people]
    found = dict.fromkeys(keys, DEFAULT_LANGUAGE)
    abroad = Membership.objects.filter(person__in=keys, body__abroad__isnull=False).current(at)
    found |= dict.fromkeys(abroad.values_list("person_id", flat=True), "en")
    chosen = Correspondence.objects.filter(person__in=keys).exclude(language="")
    return found | dict(chosen.values_list("person_id", "language"))


def weekday_of(person: User) -> int:
    """The day of the weekly letter."""
    chosen = correspondence_of(person).weekday
    return Weekday.MONDAY if chosen is None else chosen


def people_with(*roles: str, bodies: Iterable[int | None], at: dt.datetime) -> QuerySet[User]:
    """Who has one of the roles for one of the bodies at the moment (None: for the platform), and who stands in."""
    keys = set(bodies)
    among = Q(body__in=[key for key in keys if key is not None])
    if None in keys:
        among |= Q(body=None)
    holders = Membership.objects.filter(among, role__in=roles).current(at)
    lent = holders.filter(role__in=SUBSTITUTED_ROLES)
    standing_in = Absence.objects.during(at).filter(
        person__in=lent.values("person_id"), body__in=[key for key in keys if key is not None]
    )
    wanted = Q(pk__in=holders.values("person_id")) | Q(pk__in=standing_in.values("substitute_id"))
    return User.objects.filter(wanted, is_active=True).order_by("pk")
