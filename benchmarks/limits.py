"""What a meter costs: the same page with and without one, turn by turn in one process, over a SQLite file.

python3 do.py bench limits
"""

import dataclasses
import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
DATA = tempfile.TemporaryDirectory(prefix="pobratym-limits-")
os.environ["POBRATYM_DATA"] = DATA.name
os.environ["DJANGO_SETTINGS_MODULE"] = "pobratym.config.settings"
os.environ["POBRATYM_DB"] = "sqlite"
Path(DATA.name, "static").mkdir()

import django  # noqa: E402  # the data folder is set before the settings are read

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from pobratym.limits import rates  # noqa: E402
from pobratym.territory.operations import load_territory  # noqa: E402


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of one turn."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def main(turns: int) -> None:
    """Print the medians and their ratio."""
    call_command("migrate", verbosity=0)
    load_territory()
    client = Client()
    for name, rate in rates.RATES.items():
        rates.RATES[name] = dataclasses.replace(rate, limit=1_000_000)
    granted = rates.spend_for

    def free(*_arguments: object) -> rates.Verdict:
        return rates.Verdict(allowed=True)

    def search() -> None:
        assert client.get("/search/", {"q": "Калуш"}).status_code == 200  # noqa: S101

    spent, with_meter, without = [], [], []
    now = dt.datetime.now(dt.UTC)
    search()
    for turn in range(turns):
        spent.append(timed(lambda turn=turn: rates.spend(f"k{turn % 100}", limit=60, window=rates.MINUTE, at=now)))
        with_meter.append(timed(search))
        rates.spend_for = free
        without.append(timed(search))
        rates.spend_for = granted
    print(f"one unit spent            {median(spent):7.2f} ms")
    print(f"search without its meter  {median(without):7.2f} ms")
    print(f"search with its meter     {median(with_meter):7.2f} ms")
    print(f"ratio                     {median(with_meter) / median(without):7.3f}")


if __name__ == "__main__":
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, ALLOWED_HOSTS=["testserver"]):
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
