"""Tests that need a program or a folder of this machine: run when it is found, else listed as not run.

A test says what it needs by a marker (``chromium``, ``postgresql``, ``office``, ``calc``, ``poppler``, ``evaluation``).
What is missing is told with the reason at the end, never hidden among dots; under ``--all`` it is a failure.
Loaded with ``-p tests.not_run`` (see ``addopts`` in pyproject.toml).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from house import postgres

# A test belongs to the database run if it asks for one of these, or carries the marker django_db.
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "django_db_reset_sequences"})


def program(*names: str, variable: str = "", package: str) -> Callable[[], str]:
    """A need met by one of these programs on PATH, or by the one that the variable names."""

    def missing() -> str:
        chosen = os.environ.get(variable, "") if variable else ""
        if (chosen and shutil.which(chosen)) or any(shutil.which(name) for name in names):
            return ""
        hint = f", or name the program in {variable}" if variable else ""
        return f"{names[0]} was not found (Debian: apt install {package}{hint})"

    return missing


def no_evaluation_folder() -> str:
    folder = os.environ.get("POBRATYM_EVALUATION_DATA", "")
    if folder and Path(folder).is_dir():
        return ""
    return "POBRATYM_EVALUATION_DATA names no folder"


def other_database() -> str:
    if os.environ.get("POBRATYM_DB") == "postgresql":
        return ""
    return postgres.missing() or "runs in the PostgreSQL run only (do.py test starts it)"


def no_spreadsheets() -> str:
    """LibreOffice is there without its spreadsheets where only the writer was installed."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office and (Path(office).resolve().parent / "libsclo.so").exists():
        return ""
    return "LibreOffice Calc was not found (Debian: apt install libreoffice-calc-nogui)"


NEEDS: dict[str, Callable[[], str]] = {
    "chromium": program("chromium", "chromium-browser", "google-chrome", variable="CHROMIUM", package="chromium"),
    "office": program("soffice", "libreoffice", package="libreoffice-writer-nogui"),
    "calc": no_spreadsheets,
    "poppler": program("pdftotext", package="poppler-utils"),
    "evaluation": no_evaluation_folder,
    "postgresql": other_database,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pobratym")
    group.addoption("--all", action="store_true", help="a test that does not run is a failure")
    group.addoption(
        "--database-only", action="store_true", help="only the tests that use the database, journeys left out"
    )
    group.addoption(
        "--postgresql-follows",
        action="store_true",
        help="a second run on PostgreSQL follows; leave its tests to it",
    )
    group.addoption(
        "--also-not-run", default="", metavar="REASON", help="one more line for the list of what did not run"
    )


class NotRun:
    """Sorts the collected tests and keeps the list of those that do not run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.reasons: dict[str, list[str]] = {}
        if extra := config.getoption("--also-not-run"):
            self.reasons[extra] = ["the database tests, once more on PostgreSQL"]

    @property
    def count(self) -> int:
        return sum(len(names) for names in self.reasons.values())

    def note(self, name: str, reason: str) -> None:
        self.reasons.setdefault(reason, []).append(name)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        keep, leave = [], []
        found = {need: missing() for need, missing in NEEDS.items()}
        for item in items:
            if self._left_to_the_other_run(item):
                leave.append(item)
            elif reason := next((found[need] for need in NEEDS if found[need] and item.get_closest_marker(need)), ""):
                self.note(item.nodeid, reason)
                leave.append(item)
            else:
                keep.append(item)
        items[:] = keep
        if leave:
            self.config.hook.pytest_deselected(items=leave)

    def _left_to_the_other_run(self, item: pytest.Item) -> bool:
        if self.config.getoption("--database-only"):
            only_here = item.get_closest_marker("postgresql") is not None
            return not (uses_database(item) or only_here) or item.get_closest_marker("chromium") is not None
        only_there = item.get_closest_marker("postgresql") is not None
        return only_there and bool(self.config.getoption("--postgresql-follows"))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.note(report.nodeid, reason.removeprefix("Skipped: "))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.note(report.nodeid, reason.removeprefix("Skipped: "))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.count and self.config.getoption("--all") and exitstatus in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.reasons:
            return
        failure = ", a failure under --all" if self.config.getoption("--all") else ""
        terminalreporter.section(f"not run: {self.count}{failure}")
        for reason, names in self.reasons.items():
            terminalreporter.write_line(f"{len(names)} × {reason}")
            for name in names:
                terminalreporter.write_line(f"    {name}")


def uses_database(item: pytest.Item) -> bool:
    """Whether the test touches the database, by its marker or by a fixture."""
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(
        getattr(item, "fixturenames", ())
    )


def pytest_configure(config: pytest.Config) -> None:
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need}: runs when it is found on this machine, else listed as not run")
    config.pluginmanager.register(NotRun(config), "pobratym-not-run")
