"""`kill -9` of the worker at any point loses no letter and doubles none; where SMTP cannot promise that, it is told."""

import email
import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from email.policy import default
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parents[2]
# Two letters, so that a kill also falls between them; beside all places of our own so many of what they call.
LETTERS, POINTS = 2, 20


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without a row, made once; each test copies it."""
    folder = tmp_path_factory.mktemp("empty")
    run(environment(folder), "-m", "pobratym", "migrate", "-v0")
    with closing(sqlite3.connect(folder / "pobratym.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "pobratym.sqlite3"


def environment(data: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POBRATYM_")}
    return {
        **kept, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "POBRATYM_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "pobratym.config.settings", "PYTHONUNBUFFERED": "1", **more,
    }  # fmt: skip


def run(settings: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=settings, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture
def data(empty: Path, tmp_path: Path) -> Path:
    (tmp_path / "pobratym.sqlite3").write_bytes(empty.read_bytes())
    return tmp_path


class Sink:
    """A mail server that takes everything and counts what it took."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.taken.append(str(email.message_from_bytes(envelope.content, policy=default)["Message-ID"]))
        return "250 OK"


@pytest.fixture
def sink():
    handler = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    yield handler, {
        "POBRATYM_MAIL_HOST": "127.0.0.1", "POBRATYM_MAIL_PORT": str(port), "POBRATYM_MAIL_TLS": "no",
    }  # fmt: skip
    controller.stop()


def killed_everywhere(settings: dict[str, str]) -> list[dict[str, Any]]:
    trials = [
        json.loads(line) for line in run(settings, "tests/outbox/killing.py", str(LETTERS), str(POINTS)).splitlines()
    ]
    killed = [trial for trial in trials if trial["killed"]]
    assert len({trial["point"] for trial in killed}) >= 50
    # Every step of the way was cut off somewhere.
    places = " ".join(trial["place"] for trial in killed)
    for step in (
        "message.save(",
        "_begin_to_hand_over(",
        "_hand_over(mail",
        "_mark(message",
        "connection.send_messages",
    ):
        assert step in places, f"nobody was killed at {step}"
    assert all(len(trial["letters"]) == LETTERS for trial in killed)
    assert {letter["state"] for trial in killed for letter in trial["letters"]} == {"sent"}
    return killed


def test_folder_has_each_letter_exactly_once_wherever_the_worker_was_killed(data: Path) -> None:
    check_folder(data, killed_everywhere(environment(data)))


def check_folder(data: Path, killed: list[dict[str, Any]]) -> None:
    expected = [letter["id"] for trial in killed for letter in trial["letters"]]
    found = [email.message_from_bytes(path.read_bytes(), policy=default) for path in (data / "mail").iterdir()]
    by_id = Counter(str(letter["Message-ID"]) for letter in found)
    assert {by_id[identifier] for identifier in expected} == {1}
    assert all("Калуш" in letter.get_content() for letter in found)
    # Places before and after the file is there were among the points.
    assert any("part.replace(path)" in trial["place"] for trial in killed)
    assert not any(letter["doubted"] for trial in killed for letter in trial["letters"])


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_keeps_each_letter_exactly_once_as_well(tmp_path: Path) -> None:
    """There a killed worker's open transaction ends when its connection does."""
    server = {name: value for name, value in os.environ.items() if name.startswith("POBRATYM_DB")}
    settings = environment(tmp_path, **{**server, "POBRATYM_DB_NAME": "killed"})
    address = {
        "host": server["POBRATYM_DB_HOST"], "port": server.get("POBRATYM_DB_PORT") or None,
        "user": server["POBRATYM_DB_USER"], "password": server.get("POBRATYM_DB_PASSWORD") or None,
    }  # fmt: skip
    with psycopg.connect(**address, dbname="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS killed WITH (FORCE)")
        connection.execute("CREATE DATABASE killed")
        try:
            run(settings, "-m", "pobratym", "migrate", "-v0")
            check_folder(tmp_path, killed_everywhere(settings))
        finally:
            connection.execute("DROP DATABASE killed WITH (FORCE)")


def test_server_loses_no_letter_and_may_get_one_twice_only_between_its_answer_and_our_note(
    data: Path, sink: tuple[Sink, dict[str, str]]
) -> None:
    server, settings = sink

    killed = killed_everywhere(environment(data, **settings))

    taken = Counter(server.taken)
    for trial in killed:
        times = [taken[letter["id"]] for letter in trial["letters"]]
        assert min(times) == 1, f"lost, killed at {trial['place']}"
        assert sum(times) <= LETTERS + trial["doubt"], f"doubled, killed at {trial['place']}"
        # What may have come twice says so to the operator.
        assert all(letter["doubted"] for letter in trial["letters"] if taken[letter["id"]] > 1)
    outside = [trial for trial in killed if not trial["doubt"]]
    assert len(outside) >= 50
    twice = sum(taken[letter["id"]] > 1 for trial in killed for letter in trial["letters"])
    # The point of doubt was hit, and its letters carry one Message-ID: a server that knows it drops the second.
    assert twice > 0


QUEUE = """
import django; django.setup()
from django.utils import timezone
from pobratym.accounts.operations import invite
for number in range(60):
    invite(email=f"letter{number}@pobratym.example", role="reader", by=None, at=timezone.now())
"""


def test_real_worker_killed_at_random_moments_loses_and_doubles_nothing(data: Path) -> None:
    settings = environment(data)
    run(settings, "-c", QUEUE)
    chance = random.Random(2024)  # noqa: S311  # moments, not secrets
    kills = 0

    for _round in range(6):
        before = letters_in(data)
        with subprocess.Popen([sys.executable, "-m", "pobratym", "worker"], env=settings, stdout=-3) as worker:
            until = time.monotonic() + 30
            while letters_in(data) == before and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.03))
            worker.kill()
        kills += worker.returncode == -9
        pass_time(data)
        if letters_in(data) == 60:
            break
    while letters_in(data) < 60:
        run(settings, "-m", "pobratym", "worker", "--once")
        pass_time(data)

    assert kills >= 2
    written = [path.read_text() for path in (data / "mail").iterdir()]
    receivers = Counter(re.findall(r"^To: (\S+)", "\n".join(written), re.MULTILINE))
    assert receivers == {f"letter{number}@pobratym.example": 1 for number in range(60)}
    run(settings, "-m", "pobratym", "worker", "--once")
    with closing(sqlite3.connect(data / "pobratym.sqlite3")) as database:
        assert database.execute("SELECT DISTINCT state FROM outbox_message").fetchall() == [("sent",)]
    assert letters_in(data) == 60


def letters_in(data: Path) -> int:
    folder = data / "mail"
    return len(list(folder.iterdir())) if folder.exists() else 0


def pass_time(data: Path) -> None:
    """Let every lease of the killed worker come to its end."""
    with closing(sqlite3.connect(data / "pobratym.sqlite3", timeout=10)) as database, database:
        database.execute("UPDATE outbox_lease SET until = '2000-01-01 00:00:00'")
        database.execute("UPDATE outbox_message SET claimed_until = '2000-01-01 00:00:00' WHERE claimed_by != ''")
