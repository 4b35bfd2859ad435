"""What every test stands on: real territory rows once per session; the data folder is set in `tests/__init__.py`."""

import datetime as dt

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone, translation


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
def _roles_without_factor(settings):
    """Who signs or moderates needs a second factor; it is set up only where that is what is tested."""
    settings.FACTOR_ROLES = frozenset()


@pytest.fixture(autouse=True)
def _sessions_know_their_opening():
    """`force_login` goes past the door; what the door writes into the session is written here."""
    from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415  # after Django is set up

    def write(request, **_rest):
        for name in ("opened_at", "seen_at", "proved_at"):
            request.session[name] = timezone.now().isoformat()

    user_logged_in.connect(write)
    yield
    user_logged_in.disconnect(write)


@pytest.fixture(autouse=True)
def _ukrainian():
    """Each test begins in the default language, whatever page the one before it opened."""
    with translation.override("uk"):
        yield


@pytest.fixture
def at() -> dt.datetime:
    """A moment on the day the memorandum was signed; time is an argument, never frozen."""
    return dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def _connection_stays():
    """A request that comes as from a server ends no connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
