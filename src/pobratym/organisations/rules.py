"""Who may enter, change and end bodies and terms of office: predicates over the circle, which stands below accounts."""

import rules

from pobratym.organisations.models import Body, OfficeHolder
from pobratym.organisations.visibility import circle_of


@rules.predicate
def is_moderator(user: object, _subject: object = None) -> bool:
    """A moderator of the platform."""
    return circle_of(user).is_moderator


@rules.predicate
def coordinates(user: object, body: Body | None) -> bool:
    """A coordinator of the body itself."""
    return body is not None and circle_of(user).has(body.pk, "coordinator")


@rules.predicate
def belongs_to(user: object, body: Body | None) -> bool:
    """Anybody with a role for the body."""
    return body is not None and circle_of(user).has(body.pk)


@rules.predicate
def coordinates_of_holder(user: object, holder: OfficeHolder | None) -> bool:
    """A coordinator of the office-holder's body."""
    return holder is not None and circle_of(user).has(holder.body_id, "coordinator")


# Bodies are public: who finds one may read it.
rules.add_perm("organisations.read", rules.always_true)
rules.add_perm("organisations.enter", is_moderator)
# A coordinator changes contacts and English names; what the body is, a moderator.
rules.add_perm("organisations.change", coordinates | is_moderator)
rules.add_perm("organisations.change_facts", is_moderator)
rules.add_perm("organisations.end", is_moderator)
rules.add_perm("organisations.enter_holder", coordinates | is_moderator)
rules.add_perm("organisations.change_holder", coordinates_of_holder | is_moderator)
rules.add_perm("organisations.see_sights", coordinates | is_moderator)
rules.add_perm("organisations.see_history", belongs_to | is_moderator)
