"""A database marked as a demonstration."""

import datetime as dt

import pytest

from pobratym.accounts.operations import mark_database

NOW = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)


@pytest.fixture
def demonstration(db, settings):
    settings.DEMONSTRATION = True
    mark_database(at=NOW)
