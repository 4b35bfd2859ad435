"""Who belongs to what, and what they therefore see: the one condition that every `visible_to(user)` is made of.

It stands here, below `accounts`, because office-holders need it; `accounts` fills the circle from memberships.

How a context writes its queryset: `team` and `partners` are a field that holds a body's id, or, where a row has
several bodies, a condition made from the ids (by a subquery, never a join, so that no row appears twice):

    def visible_to(self, user: object) -> "PublicationQuerySet":
        return self.filter(visible(user, team="author_body_id"))

    def visible_to(self, user: object) -> "PartnershipQuerySet":
        return self.filter(visible(user, team=_party_of, partners=_party_of))

    def _party_of(bodies: frozenset[int]) -> Q:
        return Q(pk__in=Party.objects.filter(body_id__in=bodies).values("partnership_id"))

The circle is read once per user object, so a page asks the same number of queries for one row and for a thousand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pobratym.vocabulary.choices import Visibility
from pobratym.vocabulary.refusals import Refusal

# Who sees restricted records of their own body: those who answer for it.
TRUSTED_ROLES = frozenset({"coordinator", "signatory"})

# A field with a body's id, or a condition made from the ids of bodies.
Among = str | Callable[[frozenset[int]], Q]


@dataclass(frozen=True, slots=True)
class Circle:
    """What a person may do now: pairs of a role and a body's id, the id None for the whole platform.

    `acting` are those of the pairs that are only borrowed from an absent colleague.
    """

    roles: frozenset[tuple[str, int | None]] = frozenset()
    acting: frozenset[tuple[str, int | None]] = frozenset()

    @property
    def own(self) -> frozenset[tuple[str, int | None]]:
        """The pairs that are the person's own."""
        return self.roles - self.acting

    @property
    def bodies(self) -> frozenset[int]:
        """The bodies a person belongs to, by whatever role."""
        return frozenset(body for _role, body in self.roles if body is not None)

    @property
    def trusted(self) -> frozenset[int]:
        """The bodies a person answers for."""
        return frozenset(body for role, body in self.roles if body is not None and role in TRUSTED_ROLES)

    @property
    def is_moderator(self) -> bool:
        """A moderator of the whole platform."""
        return ("moderator", None) in self.roles

    @property
    def is_editor(self) -> bool:
        """An editor of the whole platform."""
        return ("editor", None) in self.roles

    def has(self, body_id: int | None, *roles: str) -> bool:
        """Whether one of the roles (any role if none is named) is held for the body itself."""
        return any(body == body_id and (not roles or role in roles) for role, body in self.roles)


NOBODY = Circle()


def circle_of(user: object) -> Circle:
    """The circle of a user; a visitor and an inactive account have the empty one."""
    found = getattr(user, "circle", NOBODY)
    return found if isinstance(found, Circle) else NOBODY


def visible(user: object, *, team: Among, partners: Among | None = None, hidden: Q | None = None) -> Q:
    """The condition under which `user` sees rows with a column `visibility`.

    `team` leads to the row's own bodies, `partners` to those who share it; without `partners` every member of a
    body on the platform counts as a partner. Restricted rows are for those who answer for an own body; moderators
    see everything. What is `hidden` (`organisations.takedown`) only the own bodies see.
    """
    circle = circle_of(user)
    if circle.is_moderator:
        return Q()
    public = Q(visibility=Visibility.PUBLIC)
    if not circle.bodies:
        return public if hidden is None else public & ~hidden
    shared = Q(visibility=Visibility.PARTNERS)
    outside = public | (shared if partners is None else shared & _among(partners, circle.bodies))
    own = ~Q(visibility=Visibility.RESTRICTED) & _among(team, circle.bodies)
    if circle.trusted:
        own |= Q(visibility=Visibility.RESTRICTED) & _among(team, circle.trusted)
    return own | (outside if hidden is None else outside & ~hidden)


def _among(where: Among, bodies: frozenset[int]) -> Q:
    return Q(**{f"{where}__in": bodies}) if isinstance(where, str) else where(bodies)


class WiderThanTeam(Refusal):
    """A person enters a record for the team; that more see it takes a second person."""

    field = "visibility"

    def __init__(self) -> None:
        super().__init__(_("A new record is for the team. Enter it so, then ask a second person to show it to more."))


def refuse_wider(visibility: str, by: object) -> None:
    """Nobody enters a record that more than the team sees; only the product itself does, from a published source."""
    if by is not None and raises(Visibility.TEAM, visibility):
        raise WiderThanTeam


def raises(before: str, to: str) -> bool:
    """Whether the change shows a record to a wider circle."""
    widest_first = Visibility.values
    return widest_first.index(to) < widest_first.index(before)


def circles(user: object, bodies: frozenset[int]) -> frozenset[str]:
    """The visibilities that the user sees of what belongs to a record of the bodies, such as its files."""
    circle = circle_of(user)
    seen = {Visibility.PUBLIC.value}
    if circle.is_moderator:
        seen.update(Visibility.values)
    if circle.bodies & bodies:
        seen.update({Visibility.PARTNERS.value, Visibility.TEAM.value})
    if circle.trusted & bodies:
        seen.add(Visibility.RESTRICTED.value)
    return frozenset(seen)
