"""The worker: periodic tasks under leases, and, as a real process, a clean end and patience with the database."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django_tasks import task

from pobratym.config.working import LASTS, Worker, periodic_tasks
from pobratym.outbox.models import Lease

ROOT = Path(__file__).resolve().parents[2]
SECOND = dt.timedelta(seconds=1)
calls: list[str] = []


@task()
def noted(at: str) -> None:
    calls.append(at)


@task()
def failing(at: str) -> None:
    raise RuntimeError(at)


class NoQueue:
    """The queue of tasks is tried in a process of its own below."""

    running = True

    def run(self) -> None:
        """Do nothing."""


@pytest.fixture
def worker(db):
    calls.clear()

    def worker(holder: str = "a") -> Worker:
        made = Worker(holder)
        made.queue = NoQueue()
        made.periodic = {"failing": (failing, SECOND), "noted": (noted, 10 * SECOND)}
        return made

    return worker


def test_outbox_is_among_the_periodic_tasks():
    _deliver, every = periodic_tasks()["outbox.deliver"]

    assert every <= 10 * SECOND


def test_periodic_task_runs_when_it_is_due_and_gets_the_moment(worker, at):
    made = worker()

    moments = [at, at + 9 * SECOND, at + 10 * SECOND]
    assert all(made.turn(moment) for moment in moments)

    assert calls == [at.isoformat(), (at + 10 * SECOND).isoformat()]


def test_restart_does_not_bring_the_next_turn_forward(worker, at):
    first = worker()
    first.turn(at)
    first.leave()

    assert worker("b").turn(at + SECOND)

    assert calls == [at.isoformat()]


def test_second_worker_waits_for_the_lease(worker, at):
    worker("a").turn(at)

    assert not worker("b").turn(at + SECOND)
    assert worker("b").turn(at + LASTS)


def test_failing_task_is_told_and_the_others_run(worker, at, caplog):
    worker().turn(at)

    assert calls == [at.isoformat()]
    assert "The periodic task failing failed." in caplog.text


def test_stopped_worker_begins_nothing(worker, at):
    made = worker()
    made.stop()
    made.turn(at)

    assert calls == []
    assert Lease.objects.get().name == "worker"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> dict[str, str]:
    """An environment with a database of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POBRATYM_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "POBRATYM_DATA": str(tmp_path_factory.mktemp("worker")),
        "PYTHONUNBUFFERED": "1",
    }
    run(environment, "migrate", "-v0")
    return environment


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pobratym", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for(condition, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_real_worker_sends_mail_and_ends_within_two_seconds(house):
    link = run(house, "invite", "first@pobratym.example").strip()
    assert "/accounts/invitation/" in link
    mails = Path(house["POBRATYM_DATA"]) / "mail"

    with subprocess.Popen(
        [sys.executable, "-m", "pobratym", "worker"],
        env=house,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_for(lambda: list(mails.glob("*")))
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            output, errors = process.communicate(timeout=10)
            took = time.monotonic() - began
        finally:
            process.kill()

    assert (process.returncode, errors) == (0, "")
    assert took < 2
    assert "The worker has ended." in output
    [letter] = mails.glob("*")
    assert "first@pobratym.example" in letter.read_text()

    # The lease was given back: the next one need not wait, and nothing is sent twice.
    run(house, "worker", "--once")
    assert len(list(mails.glob("*"))) == 1


def test_real_worker_outlives_a_database_that_does_not_answer(tmp_path, house):
    empty = {**house, "POBRATYM_DATA": str(tmp_path)}

    with subprocess.Popen(
        [sys.executable, "-m", "pobratym", "worker"],
        env=empty,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            line = process.stderr.readline()
            assert "The database does not answer" in line
            assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=10)
        finally:
            process.kill()

    assert process.returncode == 0


QUEUE = """
import django; django.setup()
from django.utils import timezone
from pobratym.accounts.operations import invite
for number in range(20):
    invite(email=f"letter{number}@pobratym.example", role="reader", by=None, at=timezone.now())
"""
DELIVER = """
import django; django.setup()
from django.utils import timezone
from pobratym.outbox.operations import deliver
print(deliver(at=timezone.now()))
"""


def test_two_processes_share_the_letters_and_send_none_twice(house, tmp_path):
    environment = {**house, "POBRATYM_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "pobratym.config.settings"}
    run(environment, "migrate", "-v0")
    subprocess.run([sys.executable, "-c", QUEUE], env=environment, check=True)

    both = [
        subprocess.Popen([sys.executable, "-c", DELIVER], env=environment, stdout=subprocess.PIPE, text=True)
        for _process in range(2)
    ]
    sent = [int(process.communicate(timeout=60)[0]) for process in both]

    letters = "".join(path.read_text() for path in (tmp_path / "mail").glob("*"))
    assert sum(sent) == 20
    assert sorted(letters.count(f"To: letter{number}@") for number in range(20)) == [1] * 20
