"""The named cast: two councils, and persons known by their roles."""

import datetime as dt

import pytest

from pobratym.accounts import operations
from pobratym.accounts.models import User
from pobratym.organisations import operations as organisations
from pobratym.organisations.choices import BodyKind
from pobratym.organisations.models import Body
from pobratym.territory.models import Unit


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Argon2 is slow on purpose; what is tested here is not the hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


PASSWORD = "довгий пароль для проби 7"


def council(code: str, name: str, at: dt.datetime) -> Body:
    return organisations.add_body(
        kind=BodyKind.COUNCIL,
        name_uk=f"{name}: міська рада",
        name_en=f"{name}: City Council",
        short_name_uk=name,
        short_name_en=name,
        unit=Unit.objects.get(pk=code),
        by=None,
        at=at,
    )


@pytest.fixture
def kalush(db, at) -> Body:
    return council("UA26060170000091466", "Калуш", at)


@pytest.fixture
def zaporizhzhia(db, at) -> Body:
    return council("UA23060070000082704", "Запоріжжя", at)


@pytest.fixture
def make(db, at):
    """Make a person with roles: `make("editor", ("coordinator", kalush))`."""
    made: list[User] = []

    def make(*roles: str | tuple[str, Body], begin: dt.datetime = at, end: dt.datetime | None = None) -> User:
        label = ", ".join(r if isinstance(r, str) else f"{r[0]}, {r[1].short_name_uk}" for r in roles) or "reader"
        person = operations.make_person(
            email=f"person{len(made)}@pobratym.example", name=label, password=PASSWORD, by=None, at=at
        )
        for role in roles:
            kind, body = (role, None) if isinstance(role, str) else role
            operations.give_role(person=person, role=kind, body=body, holds_from=begin, holds_to=end, by=None, at=at)
        made.append(person)
        return person

    return make
