"""The platform of the take-down."""

import pytest

from tests.visibility.enterprise import Platform


@pytest.fixture
def platform(db: None) -> Platform:  # the records need it
    return Platform()
