"""Tags of places: how right they are on the development items, how fast, how soon ready, how large in memory.

    POBRATYM_EVALUATION_DATA=… PYTHONPATH=src python benchmarks/place_tags.py

Right: F1 by the scorer that comes with the data, with its interval. Fast: items of 400 characters and megabytes a
second on one core, and the ratio to reading the same words by ``re.findall`` in the same run. Nothing is asserted.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ITEM = 400
ROUNDS = 5


def start() -> None:
    """Ready and size, in a process of its own."""
    code = (
        "import resource, time;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; begin = time.process_time();"
        "from hromadkit.places import Gazetteer; Gazetteer().find('Калуська громада');"
        "print(time.process_time() - begin, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    seconds, megabytes = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    sys.stdout.write(
        f"ready after {float(seconds):.2f} s of processor time, {float(megabytes):.0f} MB more at the peak\n"
    )


def right(data: Path, key: str) -> None:
    """What the scorer says of one kind of text."""
    rows = [json.loads(line) for line in (data / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = "".join(json.dumps({"url": row["url"], "text": row[key] or ""}) + "\n" for row in rows)
    tagged = subprocess.run(
        [sys.executable, "-m", "hromadkit.cli", "tag", "--jsonl"],
        input=lines, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(tagged)
        file.flush()
        for language in ("", "uk", "en"):
            command = [sys.executable, str(data / "score.py"), str(data / "dev.jsonl"), file.name, "--errors", "0"]
            said = subprocess.run(
                command + (["--lang", language] if language else []), capture_output=True, text=True, check=True
            ).stdout
            sys.stdout.write(f"{key} {language or 'all'}\n{said}\n")


def fast(data: Path) -> None:
    """Items and megabytes a second, and the ratio to reading the words."""
    from hromadkit.places import Gazetteer  # noqa: PLC0415  # what is measured above starts without it

    rows = [json.loads(line) for line in (data / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    whole = " ".join(row["text_uk"] for row in rows)
    items = [whole[place : place + ITEM] for place in range(0, len(whole) - ITEM, ITEM)] * 20
    gazetteer = Gazetteer()
    gazetteer.tags(items[0])
    tagging, reading = [], []
    for _round in range(ROUNDS):
        begin = time.process_time()
        for item in items:
            gazetteer.tags(item)
        tagging.append(time.process_time() - begin)
        begin = time.process_time()
        for item in items:
            re.findall(r"\w+", item)
        reading.append(time.process_time() - begin)
    megabytes = sum(len(item.encode()) for item in items) / 1e6
    best = min(tagging)
    sys.stdout.write(
        f"{len(items) / best:,.0f} items of {ITEM} characters a second, {megabytes / best:.1f} MB/s on one core; "
        f"{best / min(reading):.1f} times as long as reading the words\n"
    )


if __name__ == "__main__":
    start()
    evaluation = os.environ.get("POBRATYM_EVALUATION_DATA", "")
    if not evaluation:
        sys.exit("Set POBRATYM_EVALUATION_DATA to the folder with tagging/dev.jsonl.")
    for text_of in ("text_uk", "text"):
        right(Path(evaluation) / "tagging", text_of)
    fast(Path(evaluation) / "tagging")
    sys.stdout.write(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB\n")
