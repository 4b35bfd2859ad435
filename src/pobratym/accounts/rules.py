"""Who may do what: predicates over a person's circle.

Upper contexts build their permissions from these, e.g.

    @rules.predicate
    def coordinates(user: object, paper: Agreement | None) -> bool:
        return paper is not None and speaks_for(user, paper.body_id, Role.COORDINATOR)

    rules.add_perm("agreements.change", coordinates | is_moderator)
"""

import datetime as dt

import rules
from django.db.models import Model

from pobratym.accounts import second
from pobratym.accounts.choices import SPEAKING_ROLES, Role
from pobratym.accounts.models import Absence, Erasure, HandOver, Membership, SecondPerson, User
from pobratym.accounts.queries import circle_at
from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.visibility import circle_of


def speaks_for(user: object, body: Body | int | None, *roles: str, at: dt.datetime | None = None) -> bool:
    """Whether the user has one of the roles for the body (any role but reader if none is named).

    Without `at` the present moment counts, read once per user object.
    """
    body_id = body.pk if isinstance(body, Body) else body
    if body_id is None:
        return False
    mine = circle_of(user) if at is None else circle_at(user, at)
    return mine.has(body_id, *(roles or SPEAKING_ROLES))


@rules.predicate
def is_moderator(user: object, _subject: object = None) -> bool:
    """A moderator of the platform."""
    return circle_of(user).is_moderator


@rules.predicate
def is_editor(user: object, _subject: object = None) -> bool:
    """An editor of the platform."""
    return circle_of(user).is_editor


@rules.predicate
def coordinates_any(user: object, _subject: object = None) -> bool:
    """A coordinator of some body."""
    return any(role == Role.COORDINATOR for role, _body in circle_of(user).roles)


@rules.predicate
def answers_for_any(user: object, _subject: object = None) -> bool:
    """A coordinator or signatory of some body."""
    return bool(circle_of(user).trusted)


@rules.predicate
def coordinates_body(user: object, body: Body | None) -> bool:
    """A coordinator of this body."""
    return speaks_for(user, body, Role.COORDINATOR)


@rules.predicate
def leads_any(user: object, _subject: object = None) -> bool:
    """A coordinator of some body by an own role: a substitute does the work, and decides nothing about people."""
    return any(role == Role.COORDINATOR for role, _body in circle_of(user).own)


@rules.predicate
def leads_body(user: object, body: Body | None) -> bool:
    """A coordinator of this body by an own role."""
    return body is not None and (Role.COORDINATOR, body.pk) in circle_of(user).own


@rules.predicate
def leads_body_of(user: object, record: Membership | HandOver | None) -> bool:
    """A coordinator, by an own role, of the body that the membership or hand-over is for."""
    return record is not None and (Role.COORDINATOR, record.body_id) in circle_of(user).own


@rules.predicate
def is_away_or_stands_in(user: object, absence: Absence | None) -> bool:
    """The person who is away, or the one who stands in."""
    return isinstance(user, User) and absence is not None and user.pk in {absence.person_id, absence.substitute_id}


@rules.predicate
def is_another_moderator(user: object, erasure: Erasure | None) -> bool:
    """A moderator who neither asked for the erasure nor is the person erased."""
    return (
        erasure is not None
        and isinstance(user, User)
        and user.pk not in {erasure.asked_by_id, erasure.person_id}
        and is_moderator(user)
    )


@rules.predicate
def answers_for_office(user: object, holder: OfficeHolder | None) -> bool:
    """A coordinator or signatory of the office-holder's body."""
    return holder is not None and speaks_for(user, holder.body_id, Role.COORDINATOR, Role.SIGNATORY)


def may_answer(user: User, wish: SecondPerson, subject: Model | None) -> bool:
    """Another person than the asker, with the right over the record, or a moderator."""
    if user.pk == wish.asked_by_id:
        return False
    if is_moderator(user):
        return True
    kind = second.kind_of(wish.subject)
    return kind is not None and subject is not None and kind.may_answer(user, subject)


@rules.predicate
def may_close_wish(user: object, wish: SecondPerson | None) -> bool:
    """May answer this wish, or take it back as its asker."""
    if wish is None or not isinstance(user, User):
        return False
    subject = second.subjects_of([wish.subject]).get(wish.subject)
    return user.pk == wish.asked_by_id or may_answer(user, wish, subject)


rules.add_perm("accounts.see_people", leads_any | is_moderator)
rules.add_perm("accounts.invite", leads_body | is_moderator)
rules.add_perm("accounts.invite_to_platform", is_moderator)
rules.add_perm("accounts.end_membership", leads_body_of | is_moderator)
rules.add_perm("accounts.hand_over", leads_body_of | is_moderator)
rules.add_perm("accounts.withdraw_hand_over", leads_body_of | is_moderator)
rules.add_perm("accounts.end_absence", is_away_or_stands_in)
rules.add_perm("accounts.see_bodies_short", is_moderator)
rules.add_perm("accounts.lock", is_moderator)
rules.add_perm("accounts.see_erasures", is_moderator)
rules.add_perm("accounts.answer_erasure", is_another_moderator)
rules.add_perm("accounts.see_wishes", answers_for_any | is_editor | is_moderator)
rules.add_perm("accounts.answer_second", may_close_wish)
# The page belongs to the outbox, which knows no people.
rules.add_perm("outbox.see", is_moderator)
# So does the trail.
rules.add_perm("audit.see_seals", is_moderator)
rules.add_perm("audit.see_exports", coordinates_any | is_moderator)
rules.add_perm("outbox.retry", is_moderator)
