"""A folder of its own for every test, and a kind of record that owns files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pobratym.accounts.models import User
from pobratym.accounts.operations import make_person
from pobratym.files import owners
from pobratym.vocabulary.choices import Visibility


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def owner(db: None, at: Any) -> User:
    return make_person(email="owner@pobratym.example", name="Власниця", by=None, at=at)


class Says:
    """What the planted kind of owner answers; a test changes it."""

    seen: frozenset[str] = frozenset()
    body: Any = None
    signed = False


@pytest.fixture
def says() -> Iterator[Says]:
    """Let people own files for a while: the lowest record at hand, with answers that the test gives."""
    answers = Says()
    owners.register(
        "accounts.user",
        record=lambda key: User.objects.filter(pk=key).first(),
        seen=lambda _user, _record, _day: answers.seen,
        works_for=lambda _user, _record: answers.body,
        page=lambda _record: "/",
        rests_on=lambda _record: answers.signed,
    )
    yield answers
    del owners.kinds["accounts.user"]


ALL = frozenset(Visibility.values)
