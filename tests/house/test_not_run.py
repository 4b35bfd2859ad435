"""The accounting of what did not run, and the throw-away PostgreSQL: proved on small suites of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from house.environment import ROOT

from house import postgres

SUITE = """
import pytest

@pytest.mark.chromium
def test_browser(): pass

@pytest.mark.postgresql
def test_other_database(): pass

@pytest.mark.evaluation
def test_evaluation(): pass

@pytest.fixture
def db(): pass

def test_database(db): pass

def test_plain(): pass

def test_skipped(): pytest.skip("a reason of its own")
"""


def run(folder: Path, *arguments: str, suite: str = SUITE, **variables: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_suite.py").write_text(suite)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --strict-markers -p tests.not_run -p no:cacheprovider\n")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("POBRATYM_", "CHROMIUM", "PYTEST"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-v", *arguments],
        cwd=folder,
        env=inherited
        | {"PATH": "/nonexistent", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
        | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def passed(done: subprocess.CompletedProcess[str]) -> set[str]:
    return set(re.findall(r"::(\w+) PASSED", done.stdout))


def test_what_is_missing_is_listed_with_the_reason_and_does_not_fail(tmp_path: Path) -> None:
    done = run(tmp_path, "--postgresql-follows")

    assert done.returncode == 0, done.stdout
    assert passed(done) == {"test_database", "test_plain"}
    assert "not run: 3 " in done.stdout
    assert "1 × chromium was not found (Debian: apt install chromium, or name the program in CHROMIUM)" in done.stdout
    assert "1 × POBRATYM_EVALUATION_DATA names no folder" in done.stdout
    assert "1 × a reason of its own" in done.stdout
    assert "test_suite.py::test_browser" in done.stdout


def test_under_all_a_test_not_run_is_a_failure(tmp_path: Path) -> None:
    done = run(tmp_path, "--all")

    assert done.returncode == 1
    assert "a failure under --all" in done.stdout


def test_under_all_a_whole_run_passes(tmp_path: Path) -> None:
    done = run(tmp_path, "--all", suite="def test_plain(): pass\n")

    assert done.returncode == 0, done.stdout
    assert "not run" not in done.stdout


def test_under_all_a_missing_postgresql_is_a_failure(tmp_path: Path) -> None:
    done = run(tmp_path, "--all", "--also-not-run", "no PostgreSQL", suite="def test_plain(): pass\n")

    assert done.returncode == 1
    assert "× no PostgreSQL" in done.stdout


def test_what_is_found_runs(tmp_path: Path) -> None:
    done = run(tmp_path, CHROMIUM=sys.executable, POBRATYM_EVALUATION_DATA=str(tmp_path), POBRATYM_DB="postgresql")

    assert passed(done) == {"test_browser", "test_other_database", "test_evaluation", "test_database", "test_plain"}


def test_second_run_takes_database_tests_only_and_no_journey(tmp_path: Path) -> None:
    suite = SUITE + "\n@pytest.mark.chromium\ndef test_journey(db): pass\n"

    done = run(tmp_path, "--database-only", suite=suite, CHROMIUM=sys.executable, POBRATYM_DB="postgresql")

    assert passed(done) == {"test_database", "test_other_database"}


def test_address_of_a_server_becomes_our_settings() -> None:
    assert postgres.variables_of("postgresql://olena:s%2Fcret@db.example:5433/tests") == {
        "POBRATYM_DB": "postgresql",
        "POBRATYM_DB_HOST": "db.example",
        "POBRATYM_DB_PORT": "5433",
        "POBRATYM_DB_NAME": "tests",
        "POBRATYM_DB_USER": "olena",
        "POBRATYM_DB_PASSWORD": "s/cret",
    }


@pytest.mark.parametrize("address", ["yes", "mysql://root@localhost/x", "postgresql:///tests"])
def test_something_else_is_no_server(address: str) -> None:
    with pytest.raises(ValueError, match=r"set it to postgresql://"):
        postgres.variables_of(address)


def test_newest_server_is_taken() -> None:
    debian = [Path("/usr/lib/postgresql/9.6/bin/initdb"), Path("/usr/lib/postgresql/15/bin/initdb")]

    assert max(debian, key=postgres.version) == debian[1]
    assert postgres.version(Path("/opt/homebrew/opt/postgresql@16/bin/initdb")) == [16]
