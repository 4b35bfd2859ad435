"""A process that has the gathering of notices killed at each of its places, and a successor that finishes.

    PYTHONPATH=src:tests/outbox python tests/notices/killing_the_gatherer.py POINTS

Written is one line of JSON a trial: where it was killed, and how often each notice is in the letters that were written.
"""

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.backends import utils as cursors

# By its folder on the path: the package of tests would set a data folder of its own.
from killing import Counter, in_fork, spread

from pobratym.accounts import operations as accounts  # isort: skip  # Django is set up by the module above
from pobratym.notices import kinds, links, operations  # isort: skip
from pobratym.notices.choices import When  # isort: skip
from pobratym.notices.models import Notice  # isort: skip
from pobratym.notices.operations import gathering  # isort: skip
from pobratym.outbox.letters import render  # isort: skip
from pobratym.outbox.models import Message  # isort: skip
from pobratym.outbox.operations import queueing  # isort: skip

AT = dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)
MORNING = AT + dt.timedelta(days=1)
OURS = {str(module.__file__) for module in (gathering, queueing)}
BELOW = {str(module.__file__) for module in (transaction, cursors)}
NUMBER = 3

kinds.register("killing.daily", "daily", default=When.DAILY)


def write_notices(trial: int) -> None:
    person = accounts.make_person(email=f"{trial}@pobratym.example", name="x", by=None, at=AT)
    for number in range(NUMBER):
        operations.notify(
            kind="killing.daily", people=[person], key=str(number), template="notices/accounts/second_asked.txt",
            data={"title": f"№{number}№", "asker": "x"}, at=AT,
        )  # fmt: skip


def gather_counting(reach: Callable[[int, str, bool, bool], None]) -> None:
    connection.ensure_connection()
    sys.settrace(Counter(reach, OURS, BELOW).begin)
    operations.gather(at=MORNING)
    sys.settrace(None)


def measure(trial: int) -> list[Any]:
    def work(tell: Callable[[Any], None]) -> None:
        write_notices(trial)
        found: list[Any] = []
        gather_counting(lambda *point: found.append(point))
        for point in found:
            tell(point)

    return in_fork(work)[0]


def kill_at(point: int) -> dict[str, Any]:
    def victim(tell: Callable[[Any], None]) -> None:
        def reach(reached: int, place: str, _doubt: bool, _ours: bool) -> None:  # noqa: FBT001
            if reached == point:
                tell(place)
                os.kill(os.getpid(), signal.SIGKILL)

        write_notices(point)
        gather_counting(reach)

    def successor(tell: Callable[[Any], None]) -> None:
        for hour in range(3):
            operations.gather(at=MORNING + dt.timedelta(hours=hour))
        written = list(Message.objects.filter(to=f"{point}@pobratym.example").values_list("text", flat=True))
        states = Notice.objects.filter(person__email=f"{point}@pobratym.example").values_list("state", flat=True)
        tell({
            "letters": len(written), "states": sorted(set(states)),
            "times": [sum(f"згоди: №{number}№" in text for text in written) for number in range(NUMBER)],
        })  # fmt: skip

    told, ended_by = in_fork(victim)
    [rest], _signal = in_fork(successor)
    return {"point": point, "place": told[0] if told else "", "killed": ended_by == signal.SIGKILL, **rest}


def main() -> None:
    # Read once, not in every fork: addresses, templates, words.
    for language in ("uk", "en"):
        links.whole("notices:preferences", (), language)
        render("notices/accounts/second_asked.txt", {"title": "", "asker": ""}, language)
    measure(-1)
    points = measure(0)
    chosen = set({place: reached for reached, place, _doubt, ours in points if ours}.values())
    chosen |= {point[0] for point in spread([point for point in points if point[0] not in chosen], int(sys.argv[1]))}
    for point in sorted(chosen):
        sys.stdout.write(json.dumps(kill_at(point)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
