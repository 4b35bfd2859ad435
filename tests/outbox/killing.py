"""A process that has workers killed: for each point a victim of `kill -9`, and a successor that finishes the rest.

    python tests/outbox/killing.py LETTERS POINTS

Points are all places in our own modules, POINTS between the server's answer and our note of it, and POINTS more,
spread over the modules that ours call.

The database and the way of delivery come from the environment. The victim is a fork that runs `deliver()` and counts
the lines and returns of the modules below; at its point it sends itself SIGKILL, which nothing can catch. First a
fork runs to its end and tells how many points there are and what each of them is. Written is one line of JSON each.
"""

import datetime as dt
import json
import linecache
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import django
from django.core.mail import utils
from django.core.mail.backends import smtp
from django.db import connection, transaction
from django.db.backends import utils as cursors

django.setup()

from pobratym.outbox import folder, letters, models, operations, receipts  # noqa: E402  # after Django is set up
from pobratym.outbox.operations import delivering  # noqa: E402

AT = dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)
# The successor comes when every lease of the victim is over.
LATER = AT + delivering.HANDING_HOLDS
OURS = {module.__file__ for module in (delivering, folder, receipts)}
BELOW = {module.__file__ for module in (letters, smtp, smtplib, transaction, cursors)}
# From here the server may have the mail, and until here nobody has noted it.
TAKEN, NOTED = "self.send(q)", "part.replace(path)"


class Counter:
    """Counts points; `reach` is told each of them: number, place, whether it is one of doubt, whether ours."""

    def __init__(
        self, reach: Callable[[int, str, bool, bool], None], ours: set[str] = OURS, below: set[str] = BELOW
    ) -> None:
        self.reach, self.ours, self.all = reach, ours, ours | below
        self.number = 0
        self.noting = self.doubt = False

    def begin(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self.count if frame.f_code.co_filename in self.all else None

    def count(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event in {"line", "return"}:
            name = frame.f_code.co_filename
            line = linecache.getline(name, frame.f_lineno).strip()
            if self.noting:
                self.noting = self.doubt = False
            self.doubt |= line == TAKEN and event == "line"
            self.noting = self.doubt and line == NOTED and event == "line"
            self.number += 1
            self.reach(
                self.number, f"{Path(name).name}:{frame.f_lineno}:{event}: {line}", self.doubt, name in self.ours
            )
        return self.count


def in_fork(work: Callable[[Callable[[Any], None]], None]) -> tuple[list[Any], int]:
    """What a fork of this process told, and the signal that ended it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda said: os.write(writing, (json.dumps(said) + "\n").encode()) and None)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001  # a fork must not go on as its parent
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = [json.loads(line) for line in pipe]
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "a fork failed"
    return said, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def write_letters(trial: int, number: int) -> None:
    for place in range(number):
        operations.queue(
            key=f"trial:{trial}:{place}", to=f"letter{place}@pobratym.example",
            template="partnerships/mail/invitation.txt", at=AT,
            data={"body": "Калуш", "parties": [], "subject": "меморандум", "address": "", "until": "", "message": ""},
        )  # fmt: skip


def deliver_counting(reach: Callable[[int, str, bool, bool], None]) -> None:
    counter = Counter(reach)
    connection.ensure_connection()
    sys.settrace(counter.begin)
    operations.deliver(at=AT)
    sys.settrace(None)


def measure(number: int, trial: int) -> list[tuple[int, str, bool, bool]]:
    """All points of a run that nobody kills."""

    def work(tell: Callable[[Any], None]) -> None:
        write_letters(trial, number)
        found: list[Any] = []
        deliver_counting(lambda *point: found.append(point))
        for point in found:
            tell(point)

    return in_fork(work)[0]


def kill_at(point: int, number: int) -> dict[str, Any]:
    """Kill at the point, let a successor finish, and tell what became of the letters."""

    def victim(tell: Callable[[Any], None]) -> None:
        def reach(reached: int, place: str, doubt: bool, _ours: bool) -> None:  # noqa: FBT001
            if reached == point:
                tell({"place": place, "doubt": doubt})
                os.kill(os.getpid(), signal.SIGKILL)

        write_letters(point, number)
        deliver_counting(reach)

    def successor(tell: Callable[[Any], None]) -> None:
        operations.deliver(at=LATER)
        for message in models.Message.objects.filter(key__startswith=f"trial:{point}:").order_by("pk"):
            tell({
                "id": letters.message_id(message.key), "state": message.state, "doubted": message.doubted,
                "attempts": message.attempts,
            })  # fmt: skip

    told, ended_by = in_fork(victim)
    rows, _signal = in_fork(successor)
    return {"point": point, "killed": ended_by == signal.SIGKILL, "letters": rows, **(told[0] if told else {})}


def spread(points: list[Any], number: int) -> list[Any]:
    """So many of the points, evenly."""
    return [points[place * len(points) // number] for place in range(number)] if len(points) > number else points


def main() -> None:
    number, wanted = int(sys.argv[1]), int(sys.argv[2])
    # Asking the network for our own name takes seconds where there is none.
    utils.DNS_NAME._fqdn = "localhost"
    # Read once, not in every fork: the template and its words.
    letters.render("partnerships/mail/invitation.txt", {}, "uk")
    # The first run makes the folders; from then on all runs pass the same points.
    measure(number, -1)
    points = measure(number, 0)
    # Of each place in our modules the last time it is reached, and every point of doubt.
    chosen = set({place: reached for reached, place, _doubt, ours in points if ours}.values())
    chosen |= {reached for reached, _place, doubt, _ours in spread([point for point in points if point[2]], wanted)}
    chosen |= {point[0] for point in spread([point for point in points if point[0] not in chosen], wanted)}
    for point in sorted(chosen):
        sys.stdout.write(json.dumps(kill_at(point, number)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
