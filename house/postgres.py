"""A throw-away PostgreSQL for the tests: ``python -m house.postgres COMMAND …`` runs a command beside one.

Standard library only. The cluster lives in a temporary folder, listens on a socket inside it (no port that
could be taken, no one else can reach it) and is removed afterwards. A server that already runs is neither
used nor stopped.
``POBRATYM_TEST_POSTGRESQL=postgresql://user:password@host:port/name`` names an existing server instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

try:
    import pwd
except ImportError:  # Windows has no accounts of this kind
    pwd = None  # type: ignore[assignment]

VARIABLE = "POBRATYM_TEST_POSTGRESQL"
PLACES = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", "/usr/pgsql")


def binaries() -> Path | None:
    """The folder of the newest server found, or None."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = [path for place in PLACES for path in Path(place).glob("*/bin/initdb")]
    if not found:
        return None
    return max(found, key=version).parent


def version(initdb: Path) -> list[int]:
    """The version in a path like ``…/postgresql/15/bin/initdb`` or ``…/postgresql@15/bin/initdb``."""
    return [int(part) for part in initdb.parts[-3].split("@")[-1].split(".") if part.isdigit()]


def missing() -> str:
    """Why there is no PostgreSQL for the tests; empty if there is one.

    Raises ValueError if the variable names something else than a server.
    """
    if address := os.environ.get(VARIABLE):
        variables_of(address)
        return ""
    if binaries():
        return ""
    return f"PostgreSQL was not found (Debian: apt install postgresql, or name a server in {VARIABLE})"


def variables_of(address: str) -> dict[str, str]:
    """The POBRATYM_DB… variables for an address like ``postgresql://user:password@host:port/name``.

    Raises ValueError if it is something else.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.hostname:
        raise ValueError(f"{VARIABLE} is no server: set it to postgresql://user:password@host:port/name.")
    return {
        "POBRATYM_DB": "postgresql",
        "POBRATYM_DB_HOST": parts.hostname,
        "POBRATYM_DB_PORT": str(parts.port or 5432),
        "POBRATYM_DB_NAME": parts.path.strip("/") or "pobratym",
        "POBRATYM_DB_USER": unquote(parts.username or "pobratym"),
        "POBRATYM_DB_PASSWORD": unquote(parts.password or ""),
    }


class Cluster:
    """One throw-away server in one temporary folder."""

    def __init__(self) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError(missing())
        self.server = found
        self.folder = Path(tempfile.mkdtemp(prefix="pobratym-pg-"))
        self.data = self.folder / "data"
        self.account: dict[str, Any] = {}
        if pwd is not None and os.geteuid() == 0:  # the server refuses root: root borrows an unprivileged account
            names = {entry.pw_name: entry for entry in pwd.getpwall()}
            entry = names.get("postgres") or names["nobody"]
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self.account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs. Raises RuntimeError with its own words if it refuses."""
        with tempfile.TemporaryFile("w+") as output:  # a pipe would be held open by the server
            done = subprocess.run(
                [str(self.server / program), "-D", str(self.data), *arguments],
                cwd=self.folder,
                stdout=output,
                stderr=output,
                check=False,
                **self.account,
            )
            output.seek(0)
            if done.returncode != 0:
                raise RuntimeError(f"PostgreSQL's {program} refused: {output.read().strip()}")

    def create(self) -> None:
        """Make the data folder in a locale that knows Cyrillic case, if the system has one."""
        options = ("-U", "pobratym", "-A", "trust", "-E", "UTF8", "--no-sync")
        for locale in ("C.UTF-8", "en_US.UTF-8"):
            try:
                return self.run("initdb", *options, f"--locale={locale}")
            except RuntimeError:
                shutil.rmtree(self.data, ignore_errors=True)
        return self.run("initdb", *options, "--locale=C")

    def start(self) -> None:
        quick = "-F -c full_page_writes=off -c synchronous_commit=off"
        self.run("pg_ctl", "-w", "-o", f"{quick} -c listen_addresses= -k {self.folder}", "start")

    def remove(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def variables(self) -> dict[str, str]:
        return variables_of("postgresql://pobratym@localhost/postgres") | {"POBRATYM_DB_HOST": str(self.folder)}


@contextmanager
def cluster() -> Iterator[dict[str, str]]:
    """A fresh cluster as the variables that lead to it; stopped and removed at the end.

    Raises RuntimeError with the server's own words if it does not start.
    """
    server = Cluster()
    try:
        server.create()
        server.start()
        yield server.variables()
    finally:
        server.remove()


def main(command: list[str]) -> int:
    """Run the command with the variables of a PostgreSQL server; its exit code."""
    if address := os.environ.get(VARIABLE):
        return subprocess.run(command, env=os.environ | variables_of(address), check=False).returncode
    with cluster() as variables:
        return subprocess.run(command, env=os.environ | variables, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
