"""The command ``hromadkit tag``: files, pipes and lines of JSON, and what it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

KALUSH = "UA26060170000091466"


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "import sys; from hromadkit.cli import main; sys.exit(main())", "tag", *arguments],
        input=given,
        capture_output=True,
        check=False,
    )


def test_a_text_from_a_pipe_is_tagged() -> None:
    done = run(given="Калуська громада відкрила садок.".encode())

    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "oblast\tUA26000000000069363\tІвано-Франківська область",
        f"hromada\t{KALUSH}\tКалуська територіальна громада",
    ]


def test_what_the_text_does_not_settle_is_asked() -> None:
    done = run(given="Миколаївська громада Сумської області".encode())

    assert "which of 2: UA59080130000022249" in done.stdout.decode()


def test_lines_of_json_come_back_as_lines(tmp_path: Path) -> None:
    items = [
        {"url": "a", "text": "Калуська громада відкрила садок.", "title": None},
        {"url": "b", "text": "Нічого тут немає."},
    ]
    file = tmp_path / "items.jsonl"
    file.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    rows = [json.loads(line) for line in run("--jsonl", str(file)).stdout.decode().splitlines()]

    assert [(row["url"], row["oblast_codes"], row["hromada_codes"]) for row in rows] == [
        ("a", ["UA26000000000069363"], [KALUSH]),
        ("b", [], []),
    ]
    assert rows[0]["mentions"] == [{"start": 0, "end": 8, "surface": "Калуська", "kind": "hromada", "codes": [KALUSH]}]


def test_reasons_are_told_when_asked() -> None:
    line = json.dumps({"url": "a", "text": "Калуська громада відкрила садок."}).encode()
    row = json.loads(run("--jsonl", "--explain", given=line).stdout)

    assert row["mentions"][0]["head"] == "community"
    assert row["reasons"][KALUSH]["words"] == ["Калуська"]


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (("--jsonl",), b"{", "line 1, is not JSON"),
        (("--jsonl",), b'{"url": 1}', "give an object with"),
        (("--jsonl",), b'{"url": 1, "text": "x", "title": 3}', "must be a string"),
        ((), b"\xff\xfe\x00", "is not text in UTF-8"),
        (("no-such-file",), b"", "cannot be read"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(arguments: tuple[str, ...], given: bytes, said: str) -> None:
    done = run(*arguments, given=given)

    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
