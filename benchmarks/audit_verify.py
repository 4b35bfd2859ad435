"""How long a check of the trail takes beside a plain read of the same rows, in one run: a ratio, no bare seconds.

    python3 do.py bench audit_verify

A throw-away SQLite database in memory gets a trail of the shape that is expected of a country: some records with long
histories, most with short ones, two seals. Figures of other runs, machines and sizes are not compared.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "pobratym.config.settings"
os.environ["POBRATYM_DB"] = "sqlite"
os.environ["POBRATYM_DATA"] = tempfile.mkdtemp(prefix="pobratym-bench-")

SUBJECTS, SHORT, LONG, EVERY = 8000, 5, 200, 80
ROUNDS = 5


def fill() -> int:
    """Write the trail; the number of entries."""
    import datetime as dt  # noqa: PLC0415

    from pobratym.audit.chains import digest  # noqa: PLC0415
    from pobratym.audit.models import Entry  # noqa: PLC0415
    from pobratym.audit.operations import seal  # noqa: PLC0415

    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    rows: list[Entry] = []
    for number in range(SUBJECTS):
        before = ""
        for position in range(1, (SHORT if number % EVERY else LONG) + 1):
            entry = Entry(
                subject=f"partnerships.partnership:{number}",
                position=position,
                verb="partnerships.stage.reached",
                at=at + dt.timedelta(minutes=position),
                actor_id=number % 90,
                body_id=number % 70,
                facts={"stage": "memorandum", "reached_on": "2024-02-20"},
            )
            before = entry.digest = digest(entry, before=before)
            rows.append(entry)
    Entry.objects.bulk_create(rows, batch_size=5000)
    seal(at=at)
    seal(at=at + dt.timedelta(days=1))
    return len(rows)


def read() -> None:
    """Read the rows that a check reads, and nothing else."""
    from pobratym.audit.models import Entry  # noqa: PLC0415

    for _entry in Entry.objects.order_by("subject", "position", "pk").iterator(chunk_size=2000):
        pass


def verify() -> None:
    """Check them."""
    from pobratym.audit.checking import check  # noqa: PLC0415

    if check().found:
        raise SystemExit("The trail of the benchmark is not sound.")


def seconds(work: Callable[[], None]) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Take turns, so that a busy machine slows both; tell the median ratio."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    connection.settings_dict["NAME"] = ":memory:"
    call_command("migrate", verbosity=0)
    entries = fill()
    turns = [(seconds(read), seconds(verify)) for _ in range(ROUNDS)]
    ratios = sorted(checked / plain for plain, checked in turns)
    plain, checked = (statistics.median(times) for times in zip(*turns, strict=True))
    print(f"{entries} entries of {SUBJECTS} subjects, {ROUNDS} turns")
    print(f"plain read {plain / entries * 1e6:.1f} µs an entry, check {checked / entries * 1e6:.1f} µs an entry")
    print(f"check / read: median {statistics.median(ratios):.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f}")


if __name__ == "__main__":
    main()
