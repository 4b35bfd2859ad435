"""One table per permission: role × object, with ended and future memberships, strangers and visitors."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from pobratym.accounts import rules
from pobratym.accounts.models import Absence, Erasure, HandOver, User

pytestmark = pytest.mark.django_db

OWN_ROLES = ("coordinator", "signatory", "editor", "reader")
CAST = (
    "visitor",
    "nobody",
    *OWN_ROLES,
    "other coordinator",
    "ended coordinator",
    "future coordinator",
    "inactive coordinator",
    "platform editor",
    "platform reader",
    "moderator",
    "ended moderator",
)


@pytest.fixture
def who(make, kalush, zaporizhzhia, at):
    def who(name: str) -> object:
        begin, end = at, None
        if name == "visitor":
            return AnonymousUser()
        if name.startswith("ended"):
            end = at + dt.timedelta(hours=1)
        if name.startswith("future"):
            # The circle asks for the present moment, which is later than the test's.
            begin = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
        kind = name.rsplit(maxsplit=1)[-1]
        roles = {
            "nobody": (),
            "moderator": ("moderator",),
            "platform editor": ("editor",),
            "platform reader": ("reader",),
            "ended moderator": ("moderator",),
            "other coordinator": (("coordinator", zaporizhzhia),),
        }.get(name, ((kind, kalush),))
        person = make(*roles, begin=begin, end=end)
        if name.startswith("inactive"):
            person.is_active = False
            person.save()
        return User.objects.get(pk=person.pk)

    return who


ALLOWED = {
    "accounts.see_people": {"coordinator", "other coordinator", "moderator"},
    "accounts.invite": {"coordinator", "moderator"},
    "accounts.end_membership": {"coordinator", "moderator"},
    "accounts.hand_over": {"coordinator", "moderator"},
    "accounts.withdraw_hand_over": {"coordinator", "moderator"},
    "accounts.end_absence": set(),
    "accounts.see_bodies_short": {"moderator"},
    "accounts.lock": {"moderator"},
    "accounts.see_erasures": {"moderator"},
    "accounts.answer_erasure": {"moderator"},
    "accounts.invite_to_platform": {"moderator"},
    "accounts.see_wishes": {"coordinator", "signatory", "other coordinator", "platform editor", "moderator"},
    "outbox.see": {"moderator"},
    "outbox.retry": {"moderator"},
}


@pytest.mark.parametrize("permission", ALLOWED)
@pytest.mark.parametrize("name", CAST)
def test_permission(who, make, kalush, at, permission, name):
    reader, colleague = make(("reader", kalush)), make(("reader", kalush))
    membership = reader.memberships.get()
    subject = {
        "accounts.invite": kalush,
        "accounts.end_membership": membership,
        "accounts.hand_over": membership,
        "accounts.withdraw_hand_over": HandOver(person=reader, body=kalush, role="reader"),
        "accounts.end_absence": Absence(person=reader, substitute=colleague, body=kalush),
        "accounts.answer_erasure": Erasure(person=reader, asked_by=colleague, ground="written"),
    }.get(permission)

    assert who(name).has_perm(permission, subject) is (name in ALLOWED[permission])


@pytest.mark.parametrize("name", CAST)
def test_speaks_for(who, kalush, zaporizhzhia, name):
    user = who(name)

    assert rules.speaks_for(user, kalush) is (name in {"coordinator", "signatory", "editor"})
    assert rules.speaks_for(user, kalush.pk, "signatory") is (name == "signatory")
    assert rules.speaks_for(user, zaporizhzhia) is (name == "other coordinator")
    assert rules.speaks_for(user, None) is False
