"""``python3 do.py serve`` as a person runs it: the story is in the browser, and a second start changes nothing."""

import hashlib
import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from house.environment import ROOT

from tests.house.test_environment import free_port

pytestmark = pytest.mark.enable_socket

# Rows that a running worker writes: who holds which turn, and when; which letters went out, into files of their own.
RUNNING = {
    "outbox_lease",
    "outbox_message",
    "notices_notice",
    "limits_meter",
    "django_session",
    "django_tasks_db_dbtaskresult",
    "sqlite_sequence",
}
LETTERS = {"mail", "mail-unfinished"}


@contextmanager
def served(data: Path) -> Iterator[tuple[int, float, list[str]]]:
    """The port, the seconds until the address was printed, and the lines before it; ended as by Ctrl-C."""
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("POBRATYM_")}
    began, lines = time.monotonic(), []
    with subprocess.Popen(
        [sys.executable, "do.py", "serve"],
        cwd=ROOT,
        env=inherited | {"POBRATYM_DATA": str(data), "POBRATYM_PORT": port, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as server:
        for line in server.stdout or ():
            lines.append(line.strip())
            if line.startswith("Побратим: "):
                break
        try:
            assert lines[-1] == f"Побратим: http://127.0.0.1:{port}/", "\n".join(lines)
            yield int(port), time.monotonic() - began, lines[:-1]
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=30) == 0


def page(port: int, address: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", address, headers={"Accept-Language": "uk"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def contents(data: Path) -> dict[str, str]:
    """A digest of each table, and of each file but the database's own."""
    found = {}
    with closing(sqlite3.connect(data / "pobratym.sqlite3")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in sorted(set(tables) - RUNNING):
            rows = database.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - our own table names
            found[table] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    for path in sorted(data.rglob("*")):
        if path.is_file() and "sqlite3" not in path.name and path.parent.name not in LETTERS:
            found[str(path.relative_to(data))] = f"{path.stat().st_mtime_ns} {path.stat().st_size}"
    return found


def test_first_start_shows_the_story_and_the_second_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "var"

    with served(data) as (port, _, said):
        status, home = page(port, "/")
        missing, _ = page(port, "/no-such-page/")
    assert any("31744" in line for line in said), "a long step says what it does"
    assert status == 200
    assert "Калуш" in home
    assert "Запоріж" in home
    assert missing == 404
    before = contents(data)

    with served(data) as (port, seconds, said):
        status, again = page(port, "/")
    assert set(said) <= {"The worker is running."}
    assert status == 200
    assert "Калуш" in again
    assert contents(data) == before
    # Three seconds on an idle machine of two cores; the rest is for a machine that does other things too.
    assert seconds < 6
