"""``do.py test``, ``check``, ``bench``, ``lock`` and the commands of the product."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from house import postgres
from house.environment import ROOT, Refused, check_environment
from house.installing import call, child_environment, compile_messages, in_venv, install

PRODUCTION = {
    "POBRATYM_ADDRESS": "https://pobratym.example",
    "POBRATYM_HOSTS": "pobratym.example",
    "POBRATYM_SECRET_KEY": "only-for-the-check-" + "x7Q-" * 16,
    "POBRATYM_BEHIND_PROXY": "yes",
}
HOUSE = ("do.py", "house", "tests/not_run.py")


def without_settings(**more: str) -> dict[str, str]:
    """The environment of a test run: none of the person's settings but where test data and servers are."""
    kept = {"POBRATYM_EVALUATION_DATA", "POBRATYM_SCREENSHOTS", "POBRATYM_TEST_POSTGRESQL"}
    inherited = child_environment(**more)
    return {k: v for k, v in inherited.items() if not k.startswith("POBRATYM_") or k in kept or k in more}


def test(arguments: list[str]) -> int:
    """All tests on SQLite, then those that use the database again on PostgreSQL if there is one."""
    check_environment(os.environ)
    try:
        missing = postgres.missing()
    except ValueError as error:
        raise Refused(str(error)) from None
    install("dev")
    compile_messages()
    pytest = [in_venv("python"), "-m", "pytest"]
    how = ["--also-not-run", missing] if missing else ["--postgresql-follows"]
    codes = [call([*pytest, *how, *arguments], env=without_settings(POBRATYM_DB="sqlite"))]
    if not missing and codes[0] in {0, 1, 5}:
        print("· the tests that use the database, once more on PostgreSQL", flush=True)
        beside = [in_venv("python"), "-m", "house.postgres"]
        codes.append(call([*beside, *pytest, "--database-only", *arguments], env=without_settings()))
    nothing_collected = 5  # fine in one of the two runs, not in both
    return next((code for code in codes if code not in {0, nothing_collected}), min(codes))


def checks() -> list[tuple[str, list[str], dict[str, str]]]:
    """Name and command of each check; every one is independent of the others."""
    manage = [in_venv("python"), "-m", "pobratym"]
    templates = sorted(str(path) for path in (ROOT / "src").rglob("templates") if path.is_dir())
    return [
        ("types", [in_venv("mypy")], {}),
        ("types, house", [in_venv("mypy"), "--cache-dir", ".mypy_cache/house", *HOUSE], {}),
        ("lint", [in_venv("ruff"), "check", "."], {}),
        ("format", [in_venv("ruff"), "format", "--check", "."], {}),
        ("layers", [in_venv("lint-imports")], {}),
        ("templates, format", [in_venv("djangofmt"), "--check", *templates], {}),
        ("templates, lint", [in_venv("djangofmt"), "check", *templates], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        ("messages", [*manage, "messages", "--check"], {}),
        ("licences", [in_venv("reuse"), "lint", "--quiet"], {}),
    ]


def run_check(one: tuple[str, list[str], dict[str, str]]) -> tuple[str, int, str, float]:
    name, command, variables = one
    if not Path(command[0]).exists():
        return name, 127, f"{command[0]} is not installed", 0.0
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=without_settings(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return name, done.returncode, done.stdout, time.monotonic() - began


def check(arguments: list[str]) -> int:
    """Every linter, two at a time; one line each, and the output of those that failed."""
    install("dev")
    compile_messages()
    wanted = [one for one in checks() if not arguments or one[0] in arguments]
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for name, code, output, seconds in pool.map(run_check, wanted):
            print(f"{'ok    ' if code == 0 else 'failed'}  {name}  ({seconds:.1f} s)", flush=True)
            if code != 0:
                failed += 1
                print(output, flush=True)
    return 1 if failed else 0


def product(command: str) -> Callable[[list[str]], int]:
    """A command of the product itself, with its environment ready."""

    def run(arguments: list[str]) -> int:
        check_environment(os.environ)
        install("web")
        compile_messages()
        return call([in_venv("python"), "-m", "pobratym", command, *arguments])

    return run


def bench(arguments: list[str]) -> int:
    """Every benchmark, or those named."""
    install("dev")
    found = [path for path in sorted((ROOT / "benchmarks").glob("*.py")) if not arguments or path.stem in arguments]
    return max((call([in_venv("python"), str(path)]) for path in found), default=0)


def docs(_arguments: list[str]) -> int:
    """The documentation is plain Markdown until its site is built: list where it is."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        print(path.relative_to(ROOT))
    return 0


def lock(arguments: list[str]) -> int:
    """Compile the pinned and hashed requirements from pyproject.toml; the result names no index."""
    uv = shutil.which("uv")
    if not uv:
        raise Refused("Compiling the locks needs uv: install it (pip install uv) and run again.")
    base = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    base += [
        "--no-emit-index-url",
        "--no-annotate",
        "--no-header",
        *arguments,
        "pyproject.toml",
        "--extra",
        "web",
    ]
    web = call([*base, "-o", "requirements/web.txt"])
    return web or call([*base, "--group", "dev", "-o", "requirements/dev.txt"])
