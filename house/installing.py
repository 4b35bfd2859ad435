"""The virtual environment, the locked packages and the message catalogues: each made once per content."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

from house.environment import ROOT, Refused, writable_folder

VENV = ROOT / ".venv"
# What a package client says when it cannot reach its index, in pip's words and uv's.
NO_NETWORK = re.compile(
    r"connection|connect error|resolution|network|timed out|unreachable|dns error|failed to fetch|proxy"
    r"|no matching distribution",
    re.IGNORECASE,
)


def digest(paths: Sequence[Path], *more: str) -> str:
    """One hash over the contents of files and some words."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, content: str) -> bool:
    try:
        return stamp.read_text(encoding="ascii") == content
    except (OSError, ValueError):
        return False


def in_venv(name: str) -> str:
    """A program of the virtual environment."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return str(VENV / folder / (name + suffix))


def child_environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "UV_PYTHON_DOWNLOADS": "never", **more}


def call(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a command in the project's folder; its exit code."""
    return subprocess.run(command, cwd=ROOT, check=False, env=env or child_environment()).returncode


def make_venv() -> None:
    """A working ``.venv`` of this Python; one left half-made, or of another Python, is made anew."""
    stamp, content = VENV / ".made", f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"
    if is_current(stamp, content) and Path(in_venv("python")).exists():
        return
    if is_whole(content):  # made by hand: taken as it is
        stamp.write_text(content, encoding="ascii")
        return
    writable_folder(ROOT, "move the project to a folder of your own")
    print("· making the virtual environment (.venv)", flush=True)
    has_pip = importlib.util.find_spec("ensurepip") is not None
    try:
        venv.create(VENV, clear=True, with_pip=has_pip, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(f"The virtual environment could not be made ({error}): remove .venv and run again.") from None
    stamp.write_text(content, encoding="ascii")


def is_whole(content: str) -> bool:
    """Whether there is an environment of this very Python that can install packages."""
    asked = "import sys, pip; print(f'{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}')"
    try:
        told = subprocess.run([in_venv("python"), "-c", asked], capture_output=True, check=False, encoding="utf-8")
    except OSError:
        return False
    return told.stdout.strip() == content


def put_source_on_path() -> None:
    """A ``.pth`` file instead of a build: no build backend and no network; a moved folder needs one start."""
    packages = next((VENV / "lib").glob("python*/site-packages"), VENV / "Lib" / "site-packages")
    line = packages / "pobratym-source.pth"
    wanted = str(ROOT / "src") + "\n"
    if not line.exists() or line.read_text(encoding="utf-8") != wanted:
        line.write_text(wanted, encoding="utf-8")


def install(name: str) -> None:
    """Install ``requirements/<name>.txt`` once per content; dev holds everything of web."""
    make_venv()
    put_source_on_path()
    lock, stamp = ROOT / "requirements" / (name + ".txt"), VENV / f".installed-{name}"
    content = digest([lock])
    if is_current(stamp, content):
        return
    total = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    began = time.monotonic()
    print(f"· installing {total} packages (once)", flush=True)
    log = run_installers(lock, total)
    if log is not None:
        (VENV / "install.log").write_text(log, encoding="utf-8")
        if NO_NETWORK.search(log):
            raise Refused("The packages could not be fetched: connect to the network (or set its proxy) and run again.")
        raise Refused("The packages could not be installed: put right what .venv/install.log says and run again.")
    stamp.write_text(content, encoding="ascii")
    if name == "dev":
        (VENV / ".installed-web").write_text(digest([ROOT / "requirements" / "web.txt"]), encoding="ascii")
    print(f"  installed in {time.monotonic() - began:.0f} s", flush=True)


def run_installers(lock: Path, total: int) -> str | None:
    """Uv if it is there, else pip; pip too when uv fails. None if one succeeded, else what they said."""
    python, said = in_venv("python"), ""
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    uv = shutil.which("uv")
    tries = [[uv, "pip", "install", "--python", python]] if uv else []
    for command in [*tries, pip]:
        with subprocess.Popen(
            [*command, "--require-hashes", "-r", str(lock)],
            cwd=ROOT,
            env=child_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as running:
            seen = 0
            for line in running.stdout or ():
                said += line
                if line.startswith("Collecting "):
                    seen += 1
                    if seen % 10 == 0:
                        print(f"  {seen} of {total}", flush=True)
        if running.returncode == 0:
            return None
    return said


def compile_messages() -> None:
    """Compile the catalogues by Babel once per content: ``msgfmt`` is not on a fresh machine."""
    catalogues = list((ROOT / "src").glob("pobratym/**/locale/*/LC_MESSAGES/*.po"))
    stamp, content = VENV / ".messages", digest(catalogues)
    if is_current(stamp, content) and all(file.with_suffix(".mo").exists() for file in catalogues):
        return
    print("· compiling the message catalogues", flush=True)
    writing = """
import sys
from babel.messages import mofile, pofile

for po in sys.argv[1:]:
    with open(po, "rb") as source, open(po[:-3] + ".mo", "wb") as target:
        mofile.write_mo(target, pofile.read_po(source))
"""
    if call([in_venv("python"), "-c", writing, *map(str, catalogues)]) != 0:
        raise Refused("A message catalogue could not be compiled: put right the file named above and run again.")
    stamp.write_text(content, encoding="ascii")
