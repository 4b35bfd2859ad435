"""One budget per key, shared by all processes, fair to those who wait, silent about who it was."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from pobratym.limits import operations
from pobratym.limits.models import Meter
from pobratym.limits.operations import Verdict
from pobratym.limits.rates import check, forgive, spend

ROOT = Path(__file__).resolve().parents[2]
MINUTE = dt.timedelta(minutes=1)
GRANTED = Verdict(allowed=True)

pytestmark = pytest.mark.django_db


def after(at, seconds):
    return at + dt.timedelta(seconds=seconds)


def test_the_whole_budget_at_once_and_not_one_more(at):
    verdicts = [spend("k", limit=3, window=MINUTE, at=at) for _ in range(5)]

    assert verdicts == [GRANTED] * 3 + [Verdict(allowed=False, retry_after=20)] * 2


def test_a_unit_comes_back_every_part_of_the_window(at):
    for _ in range(3):
        spend("k", limit=3, window=MINUTE, at=at)

    assert spend("k", limit=3, window=MINUTE, at=after(at, 19)) == Verdict(allowed=False, retry_after=1)
    assert spend("k", limit=3, window=MINUTE, at=after(at, 20)) == GRANTED
    assert spend("k", limit=3, window=MINUTE, at=after(at, 20)) == Verdict(allowed=False, retry_after=20)


def test_trying_while_refused_does_not_prolong_the_wait(at):
    for second in range(20):
        for _ in range(10):
            spend("k", limit=3, window=MINUTE, at=after(at, second))

    assert spend("k", limit=3, window=MINUTE, at=after(at, 20)) == GRANTED


def test_no_window_sees_more_than_twice_the_limit(at):
    granted = [s for s in range(300) for _ in range(3) if spend("k", limit=6, window=MINUTE, at=after(at, s)).allowed]

    assert max(sum(start <= second < start + 60 for second in granted) for start in range(240)) <= 12
    assert len(granted) == 6 + 29


def test_after_silence_the_whole_budget_is_there_but_not_more(at):
    spend("k", limit=3, window=MINUTE, at=at)
    later = after(at, 36_000)

    assert [spend("k", limit=3, window=MINUTE, at=later).allowed for _ in range(4)] == [True, True, True, False]


def test_keys_do_not_touch_one_another(at):
    for _ in range(3):
        spend("mine", limit=3, window=MINUTE, at=at)

    assert spend("yours", limit=3, window=MINUTE, at=at) == GRANTED


def test_asking_spends_nothing(at):
    for _ in range(10):
        assert check("k", limit=1, window=MINUTE, at=at) == GRANTED
    assert Meter.objects.count() == 0
    spend("k", limit=1, window=MINUTE, at=at)

    assert check("k", limit=1, window=MINUTE, at=at) == Verdict(allowed=False, retry_after=60)


def test_forgiven_is_as_new(at):
    spend("k", limit=1, window=MINUTE, at=at)
    forgive("k", at=at)

    assert spend("k", limit=1, window=MINUTE, at=at) == GRANTED


def test_the_table_holds_no_address_and_another_name_the_next_day(at):
    spend("guess anna@hromada.example 192.0.2.7", limit=5, window=MINUTE, at=at)
    spend("guess anna@hromada.example 192.0.2.7", limit=5, window=MINUTE, at=after(at, 86_400))

    kept = list(Meter.objects.values_list("key", flat=True))
    assert len(set(kept)) == 2
    assert not any("anna" in key for key in kept)
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in kept)


def test_sweeping_takes_only_what_says_nothing_any_more(at):
    spend("old", limit=1, window=MINUTE, at=at)
    spend("new", limit=1, window=MINUTE, at=after(at, 30))

    assert operations.sweep(at=after(at, 61)) == 1
    assert check("new", limit=1, window=MINUTE, at=after(at, 61)).allowed is False


def test_any_text_can_be_a_key(at):
    for key in ("\0", "\ud800", "я" * 100_000, ""):
        assert spend(key, limit=1, window=MINUTE, at=at) == GRANTED


@pytest.mark.django_db(transaction=True)
def test_spending_inside_a_transaction_is_a_mistake(at):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        spend("k", limit=1, window=MINUTE, at=at)


SPEND = """
import datetime as dt
import django; django.setup()
from pobratym.limits.rates import spend
at = dt.datetime(2024, 2, 20, 12, 0, tzinfo=dt.UTC)
print(sum(spend("k", limit=30, window=dt.timedelta(minutes=1), at=at).allowed for _ in range(30)))
"""


def test_processes_that_spend_at_once_share_one_budget(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("POBRATYM_")},
        "POBRATYM_DATA": str(tmp_path),
        "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "pobratym.config.settings",
    }
    (tmp_path / "static").mkdir()
    subprocess.run(
        [sys.executable, "-m", "pobratym", "migrate", "limits", "-v0"], env=environment, cwd=ROOT, check=True
    )

    asking = [
        subprocess.Popen([sys.executable, "-c", SPEND], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _process in range(3)
    ]
    granted = [int(process.communicate(timeout=60)[0]) for process in asking]

    assert sum(granted) == 30
