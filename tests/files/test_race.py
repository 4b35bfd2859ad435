"""Several uploads at once, by processes and a database of their own: together they stay within the quota."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]

MEET = """
import datetime as dt, sys, threading
import django
django.setup()
from django.db import connections
from pobratym.accounts.operations import make_person
from pobratym.files import operations
from pobratym.files.models import Quota
from pobratym.files.queries import usage_of
from tests.files.test_versions import MEGABYTE, pdf_of
at = dt.datetime(2024, 2, 20, 12, tzinfo=dt.UTC)
owner = make_person(email="a@pobratym.example", name="Власниця", by=None, at=at)
begin, results = threading.Barrier(5), []
def upload(mark):
    begin.wait(timeout=30)
    try:
        operations.store(content=pdf_of(MEGABYTE, mark), name="a.pdf", owner=owner, holder=owner, by=owner, at=at)
        results.append("kept")
    except operations.QuotaFull:
        results.append("full")
    finally:
        connections.close_all()
threads = [threading.Thread(target=upload, args=(mark,)) for mark in "abcde"]
[thread.start() for thread in threads]
[thread.join(timeout=60) for thread in threads]
print(sorted(results), usage_of(owner).used // MEGABYTE, Quota.objects.count())
"""


@pytest.fixture
def own_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a product with an empty database of the kind that these tests run on."""
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = kept | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "pobratym.config.settings",
        "POBRATYM_DATA": str(tmp_path),
        "POBRATYM_BODY_QUOTA_MB": "3",
    }
    if connection.vendor != "postgresql":
        yield env
        return
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as server:
        server.execute("CREATE DATABASE pobratym_files_race")
        try:
            yield env | {"POBRATYM_DB_NAME": "pobratym_files_race"}
        finally:
            server.execute("DROP DATABASE pobratym_files_race WITH (FORCE)")


@pytest.mark.django_db
def test_uploads_at_once_do_not_exceed_the_quota(own_database: dict[str, str]) -> None:
    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=own_database,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    run("-m", "pobratym", "migrate", "--verbosity", "0")

    assert run("-c", MEET) == "['full', 'full', 'kept', 'kept', 'kept'] 3 1"
