"""What every test stands on: real territory rows once per session, a data folder of its own."""

import datetime as dt
import os
import tempfile

import pytest

# Before the settings are read: tests never touch the data folder of the product.
os.environ["POBRATYM_DATA"] = tempfile.mkdtemp(prefix="pobratym-tests-")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the codifier once; each test's transaction is rolled back over it."""
    from pobratym.territory.operations import load_territory  # after Django is set up

    with django_db_blocker.unblock():
        load_territory()


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Tests of pages need no collected files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def at() -> dt.datetime:
    """A moment on the day the memorandum was signed; time is an argument, never frozen."""
    return dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)
