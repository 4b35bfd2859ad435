"""`kill -9` between gathering and queueing, at any place: each notice is in one letter, and the person gets one."""

import json
import os
from pathlib import Path

from tests.outbox.test_killed import ROOT, environment, run


def test_each_notice_is_in_one_letter_wherever_the_worker_was_killed(tmp_path: Path) -> None:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests" / "outbox")])
    settings = environment(tmp_path, PYTHONPATH=path)
    run(settings, "-m", "pobratym", "migrate", "-v0")

    trials = [json.loads(line) for line in run(settings, "tests/notices/killing_the_gatherer.py", "15").splitlines()]

    killed = [trial for trial in trials if trial["killed"]]
    assert len(killed) >= 30
    places = " ".join(trial["place"] for trial in killed)
    for step in ("write_digest(due", "_mark(due", "Message.objects.create("):
        assert step in places, f"nobody was killed at {step}"
    assert {(trial["letters"], *trial["times"]) for trial in killed} == {(1, 1, 1, 1)}
    assert {tuple(trial["states"]) for trial in killed} == {("told",)}
