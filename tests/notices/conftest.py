"""People who hear of things, and three kinds that exist for the tests alone."""

from collections.abc import Callable

import pytest

from pobratym.accounts.models import User
from pobratym.accounts.operations import make_person
from pobratym.notices import kinds, operations
from pobratym.notices.choices import When

# Who may see the record of the kind "tests.seen" at present.
seeing: set[int] = set()


@pytest.fixture(autouse=True)
def _kinds():
    """Kinds of the tests, gone after each."""
    before, labels = dict(kinds.kinds), dict(kinds.labels)
    kinds.register("tests.now", "Те, що зараз", default=When.AT_ONCE)
    kinds.register("tests.daily", "Те, що щодня", default=When.DAILY)
    kinds.register("tests.seen", "Те, що видно", default=When.DAILY, still=lambda person, _about: person.pk in seeing)
    yield
    seeing.clear()
    kinds.kinds.clear()
    kinds.kinds.update(before)
    kinds.labels.clear()
    kinds.labels.update(labels)


@pytest.fixture
def person(db, at) -> User:
    return make_person(email="listener@pobratym.example", name="Слухачка", by=None, at=at)


@pytest.fixture
def other(db, at) -> User:
    return make_person(email="other@pobratym.example", name="Інша", by=None, at=at)


@pytest.fixture
def tell(at) -> Callable[..., list]:
    """Tell of something with values in both languages."""

    def tell(*people: User, kind: str = "tests.now", key: str = "1", **rest) -> list:
        values = {
            "template": "notices/accounts/second_asked.txt",
            "data": {"title_uk": "Меморандум", "title_en": "Memorandum", "asker": "Калуш"},
            "path": ["accounts:second_person"],
            "at": at,
        }
        return operations.notify(kind=kind, people=people, key=key, **{**values, **rest})

    return tell
