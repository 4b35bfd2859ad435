"""What every test stands on: real territory rows once per session; the data folder is set in `tests/__init__.py`."""

import datetime as dt

import pytest
from django.utils import translation


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the codifier once; each test's transaction is rolled back over it."""
    from pobratym.territory.operations import load_territory  # noqa: PLC0415  # after Django is set up

    with django_db_blocker.unblock():
        load_territory()


@pytest.fixture(scope="session", autouse=True)
def _trail_can_be_flushed():
    """Between tests with real transactions Django empties all tables; the trail's triggers step aside for it alone."""
    from django.core.management.commands import flush  # noqa: PLC0415  # after Django is set up

    from pobratym.audit import protection  # noqa: PLC0415

    emptying = flush.sql_flush

    def with_the_trail(style, connection, **options):
        protection.unprotect(connection)
        return [*emptying(style, connection, **options), *protection.statements(connection.vendor, protection.TABLES)]

    flush.sql_flush = with_the_trail
    yield
    flush.sql_flush = emptying


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Tests of pages need no collected files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _ukrainian():
    """Each test begins in the default language, whatever page the one before it opened."""
    with translation.override("uk"):
        yield


@pytest.fixture
def at() -> dt.datetime:
    """A moment on the day the memorandum was signed; time is an argument, never frozen."""
    return dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)
