"""Reading people, memberships and wishes.

How an upper context writes `visible_to(user)`: see `pobratym.organisations.visibility`, which this module passes on
(`visible`, `circle_of`); `accounts.rules` has the predicates for what a person may do.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import F, Q, QuerySet

from pobratym.accounts.choices import SUBSTITUTED_ROLES, ErasureGround, Purpose, Role
from pobratym.accounts.models import (
    Absence,
    DatabaseMark,
    Erasure,
    HandOver,
    Invitation,
    Membership,
    MembershipQuerySet,
    SecondPerson,
    User,
)
from pobratym.accounts.sealing import CannotOpen
from pobratym.audit.history import sentence
from pobratym.audit.models import Actor, Entry
from pobratym.organisations.models import Body, BodyQuerySet
from pobratym.organisations.visibility import NOBODY, Circle, circle_of, visible

__all__ = ["Circle", "circle", "circle_at", "circle_of", "visible"]


def circle(user: object) -> Circle:
    """What the user may do at present; one query per user object, none for a visitor."""
    return circle_of(user)


def circle_at(user: object, at: dt.datetime) -> Circle:
    """What the user may do at the moment."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    return Membership.objects.exercised_by(user.pk, at).circle(user.pk)


def members_of(body: Body, at: dt.datetime) -> MembershipQuerySet:
    """Who does what for the body at the moment."""
    return Membership.objects.filter(body=body).current(at).select_related("person").order_by("person__name", "pk")


def memberships_for_page(user: object) -> MembershipQuerySet:
    """Memberships that the user sees on the page of people: of own bodies as coordinator, all as moderator."""
    mine = circle_of(user)
    found = Membership.objects.select_related("person", "body")
    found = found.order_by(F("body__short_name_uk").asc(nulls_first=True), "body_id", "person__name", "pk")
    return found if mine.is_moderator else found.filter(body_id__in=coordinated(mine))


def open_invitations(user: object, at: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that wait for an answer, of the bodies whose people the user sees."""
    mine = circle_of(user)
    found = Invitation.objects.filter(accepted_at=None, expires_at__gt=at).select_related("body").order_by("expires_at")
    return found if mine.is_moderator else found.filter(body_id__in=coordinated(mine))


def coordinated(mine: Circle) -> frozenset[int]:
    """The bodies that the circle coordinates by an own role: who belongs to a body is not decided by a substitute."""
    return frozenset(body for role, body in mine.own if body is not None and role == Role.COORDINATOR)


def bodies_to_invite_for(user: object) -> BodyQuerySet:
    """Bodies into whose roles the user may invite; for a moderator all."""
    mine = circle_of(user)
    found = Body.objects.order_by("short_name_uk", "pk")
    return found if mine.is_moderator else found.filter(pk__in=coordinated(mine))


def digest_of(token: str) -> str:
    """How a token is stored: nobody who reads the database can use the link."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a link."""
    return Invitation.objects.select_related("body").filter(token_digest=digest_of(token)).first()


def person_with(email: str) -> User | None:
    """The account with the address, compared without case."""
    return User.objects.filter(email=email.strip().lower()).first()


def waiting_for_second(subject: str) -> SecondPerson | None:
    """The open wish about a subject, named by `audit.queries.reference`."""
    return SecondPerson.objects.filter(subject=subject, answered_at=None).first()


def open_wishes(_user: object = None) -> QuerySet[SecondPerson]:
    """Wishes that wait for an answer, oldest first; who may answer is a question for the rules."""
    return SecondPerson.objects.filter(answered_at=None).select_related("asked_by").order_by("asked_at", "pk")


def is_demonstration() -> bool:
    """Whether demonstration accounts may live here: the switch is on and the database is marked so."""
    return settings.DEMONSTRATION and DatabaseMark.objects.filter(purpose=Purpose.DEMONSTRATION).exists()


# What proves a person besides the password; recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(person: User) -> bool:
    """Whether the person has set up a second factor."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def must_have_factor(person: User) -> bool:
    """Whether a role held now asks for a second factor; never of a demonstration account, which has no secret."""
    if person.demonstration_role is not None:
        return False
    return any(role in settings.FACTOR_ROLES for role, _body in circle_of(person).roles)


def needs_factor(person: User) -> bool:
    """Whether a role asks for a second factor that is not set up."""
    return must_have_factor(person) and not has_factor(person)


def factors_of(person: User) -> QuerySet[Authenticator]:
    """The apps and passkeys of a person, oldest first."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS)
    return found.order_by("created_at", "pk")


def passkeys_of(person: User) -> QuerySet[Authenticator]:
    """The passkeys of a person, oldest first."""
    return factors_of(person).filter(type=Authenticator.Type.WEBAUTHN)


def recovery_codes_left(person: User) -> int:
    """How many recovery codes are unused; none of those that cannot be read any more."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    try:
        return len(RecoveryCodes(found).get_unused_codes()) if found else 0
    except CannotOpen:
        return 0


def sessions_of(person: User | None) -> QuerySet[UserSession]:
    """The sessions of a person, last used first; none of a visitor."""
    found: QuerySet[UserSession] = UserSession.objects.filter(user_id=person.pk if person else None)
    return found.order_by("-last_seen_at", "-pk")


def living_sessions_of(person: User, at: dt.datetime) -> list[UserSession]:
    """The person's sessions that still open something, last used first, in two queries."""
    living = set(
        Session.objects.filter(expire_date__gt=at)
        .values_list("session_key", flat=True)
        .filter(session_key__in=sessions_of(person).values("session_key"))
    )
    return [session for session in sessions_of(person) if session.session_key in living]


def sign_in_facts(person: User, at: dt.datetime) -> dict[str, Any]:
    """What a person's own page tells of their sign-in."""
    kinds = Counter(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return {
        "has_totp": kinds[Authenticator.Type.TOTP] > 0,
        "passkeys": kinds[Authenticator.Type.WEBAUTHN],
        "has_factor": any(kinds[kind] for kind in FACTORS),
        "must_have_factor": must_have_factor(person),
        "sessions": len(living_sessions_of(person, at)),
    }


# How many coordinators a body should have, so that nobody is alone with it.
COORDINATORS_WANTED = 2


def is_the_last(membership: Membership, at: dt.datetime) -> bool:
    """Whether nobody else would coordinate the body (or moderate the platform) if the membership ended now."""
    if membership.role not in {Role.COORDINATOR, Role.MODERATOR}:
        return False
    holders = Membership.objects.filter(role=membership.role, body=membership.body_id, person__is_active=True)
    holders = holders.current(at)
    return holders.filter(pk=membership.pk).exists() and not holders.exclude(person=membership.person_id).exists()


def lasts_of(person: User, at: dt.datetime) -> list[Membership]:
    """The roles that the person must hand over before leaving altogether."""
    held = person.memberships.current(at).select_related("body").order_by("pk")
    return [membership for membership in held if is_the_last(membership, at)]


def successors_for(membership: Membership, at: dt.datetime) -> QuerySet[User]:
    """Who may take a role over at once: active people with a role in the same body, or on the platform."""
    others = Membership.objects.filter(body=membership.body_id).current(at).values("person_id")
    found = User.objects.filter(pk__in=others, is_active=True).exclude(pk=membership.person_id)
    return found.order_by("name", "pk")


def colleagues_of(person: User, body: Body, at: dt.datetime) -> QuerySet[User]:
    """Active people, other than the person, with a role in the body at the moment."""
    others = Membership.objects.filter(body=body).current(at).values("person_id")
    return User.objects.filter(pk__in=others, is_active=True).exclude(pk=person.pk).order_by("name", "pk")


def bodies_short_of_coordinators(at: dt.datetime, among: frozenset[int] | None = None) -> list[Body]:
    """Bodies with people on the platform but fewer than two coordinators, each with how many (`coordinators`)."""
    held = Membership.objects.current(at)
    if among is not None:
        held = held.filter(body_id__in=among)
    people: dict[int, set[int]] = {}
    rows = held.exclude(body=None).values_list("role", "body_id", "person_id", "person__is_active")
    for role, body_id, person_id, active in rows:
        known = people.setdefault(body_id or 0, set())
        # Who is locked out answers for nothing, but their body is still here.
        if role == Role.COORDINATOR and active:
            known.add(person_id)
    short = {body_id: len(known) for body_id, known in people.items() if len(known) < COORDINATORS_WANTED}
    bodies = list(Body.objects.filter(pk__in=short).order_by("short_name_uk", "pk"))
    for body in bodies:
        body.coordinators = short[body.pk]  # type: ignore[attr-defined]  # shown by the page
    return bodies


def bodies_of_absences(person: User, at: dt.datetime) -> BodyQuerySet:
    """The bodies for which the person has a role of their own that a colleague could take over."""
    mine = Membership.objects.filter(person=person, role__in=SUBSTITUTED_ROLES).current(at)
    return Body.objects.filter(pk__in=mine.values("body_id")).order_by("short_name_uk", "pk")


def absences_of(user: object, at: dt.datetime) -> QuerySet[Absence]:
    """Present and coming absences in which the user is away or stands in."""
    found = Absence.objects.filter(holds_to__gt=at).select_related("person", "substitute", "body")
    if not isinstance(user, User):
        return found.none()
    return found.filter(Q(person=user) | Q(substitute=user)).order_by("holds_from", "pk")


def absences_for_page(user: object) -> QuerySet[Absence]:
    """Absences of the user, past ones too, for the address that ends one."""
    if not isinstance(user, User):
        return Absence.objects.none()
    own = Q(person=user) | Q(substitute=user)
    return Absence.objects.filter(own).select_related("person", "substitute", "body")


def acting_now(bodies: Iterable[int], at: dt.datetime) -> dict[tuple[int, int], Absence]:
    """Who is away at the moment, by body and person."""
    found = Absence.objects.filter(body_id__in=bodies).during(at).select_related("substitute")
    return {(absence.body_id, absence.person_id): absence for absence in found}


def hand_overs_for_page(user: object) -> QuerySet[HandOver]:
    """The log of hand-overs: of the own bodies for a coordinator, of all for a moderator; the newest first."""
    mine = circle_of(user)
    found = HandOver.objects.select_related("person", "successor", "body", "asked_by", "invitation")
    found = found.filter(withdrawn_at=None).order_by("-asked_at", "-pk")
    return found if mine.is_moderator else found.filter(body_id__in=coordinated(mine))


def own_erasure(person: User) -> Erasure | None:
    """The wish to be erased that waits for its day or its second person."""
    return Erasure.objects.filter(person=person, done_at=None, withdrawn_at=None).first()


def open_erasures(_user: object = None) -> QuerySet[Erasure]:
    """Wishes to be erased that wait, for the moderators."""
    found = Erasure.objects.filter(done_at=None, withdrawn_at=None).select_related("person", "asked_by")
    return found.order_by("asked_at", "pk")


def answered_wishes(person: User, since: dt.datetime) -> QuerySet[SecondPerson]:
    """What the person asked and somebody answered since the moment, the newest first."""
    found = SecondPerson.objects.filter(asked_by=person, answered_at__gte=since).select_related("answered_by")
    return found.order_by("-answered_at", "-pk")


def acts_of(person: User, label: str) -> Iterator[dict[str, str]]:
    """What the person did to records of a kind (`partnerships.partnership`), as the trail tells it, oldest first."""
    actors = Actor.objects.filter(user_id=person.pk).values("pk")
    found = Entry.objects.filter(actor_id__in=actors, subject__startswith=f"{label}:")
    for entry in found.order_by("at", "pk"):
        words = sentence(entry.verb, entry.facts)
        yield {"record": entry.subject, "at": entry.at.isoformat(), "verb": entry.verb, "sentence": words}


def colleagues_of_any(person: User, bodies: BodyQuerySet, at: dt.datetime) -> QuerySet[User]:
    """Active people, other than the person, with a role in one of the bodies at the moment."""
    others = Membership.objects.filter(body__in=bodies.values("pk")).current(at).values("person_id")
    return User.objects.filter(pk__in=others, is_active=True).exclude(pk=person.pk).order_by("name", "pk")


def written_erasures(_user: object = None) -> QuerySet[Erasure]:
    """Wishes by letter that wait for a second moderator; own ones need none."""
    return open_erasures().filter(ground=ErasureGround.WRITTEN)


def acting_for(person: User, at: dt.datetime) -> list[Absence]:
    """For whom the person stands in at the moment, by rights that hold: what pages show."""
    lent = {body for _role, body in circle_at(person, at).acting}
    found = Absence.objects.filter(substitute=person, body_id__in=lent).lending(at).select_related("person", "body")
    return list(found.order_by("holds_to", "pk"))


def people_to_lock(user: object) -> QuerySet[User]:
    """Accounts that a moderator may lock: all that are open."""
    found = User.objects.filter(is_active=True)
    return found if circle_of(user).is_moderator else found.none()


def locked_people(_user: object = None) -> QuerySet[User]:
    """Accounts that are locked; erased ones are not locked but gone."""
    return User.objects.filter(is_active=False, erased_at=None).order_by("name", "pk")
