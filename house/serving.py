"""``do.py serve``: the web server that production uses and one worker, after all the set-up they need."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time

from house.environment import ROOT, Refused, check_environment, listening_address, writable_folder
from house.installing import child_environment, compile_messages, in_venv, install

# Headers may have 32 KB and must have arrived after ten seconds. Bodies that arrive slowly hold a thread each: a proxy
# in front, which reads a request whole before it passes it on, is what keeps them away (docs/operate/install.md).
WITHIN = ("--http", "1", "--http1-buffer-size", "32768", "--http1-header-read-timeout", "10000")


def set_up() -> None:
    """Migrations, territory, demonstration, static files: the product's own command tells what it does."""
    done = subprocess.run(
        [in_venv("python"), "-m", "pobratym", "setup"],
        cwd=ROOT,
        env=child_environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        sys.stderr.write(done.stderr)
        return
    last = (done.stderr.strip().splitlines() or [""])[-1]
    sentence = re.sub(r"^(CommandError|django\.core\.exceptions\.ImproperlyConfigured): ", "", last)
    if sentence == last:  # not a sentence of ours: the whole of it is needed
        sys.stderr.write(done.stderr)
        sentence = "Setting up failed, for the reason above: put it right and run again; what was done is kept."
    raise Refused(sentence)


def start(*command: str) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C reaches this process alone, which then ends both in order.
    return subprocess.Popen(
        [in_venv("python"), "-m", *command],
        cwd=ROOT,
        env=child_environment(),
        start_new_session=os.name == "posix",
        creationflags=0x00000200 if os.name == "nt" else 0,
    )


def answers(host: str, port: int) -> bool:
    """Whether the server gives a page, not only takes the connection."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(reachable, port, timeout=10)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def watch(children: list[subprocess.Popen[bytes]], host: str, port: int, stopping: list[int]) -> int:
    """Print the address once it answers; give the exit code of the child that ends first."""
    announced = False
    while not stopping:
        for child in children:
            if child.poll() is not None:
                return child.returncode if child.returncode >= 0 else 128 - child.returncode
        if not announced and answers(host, port):
            shown = f"[{host}]" if ":" in host else host
            print(f"Побратим: http://{shown}:{port}/", flush=True)
            announced = True
        time.sleep(0.2 if announced else 0.05)
    return 0


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def serve(_arguments: list[str]) -> int:
    """The web server that production uses and one worker, after all the set-up they need."""
    check_environment(os.environ)
    host, port = listening_address(os.environ)
    writable_folder(ROOT / os.environ.get("POBRATYM_DATA", "var"), "set POBRATYM_DATA to a folder that can be written")
    if not any(name.startswith("POBRATYM_DB") for name in os.environ):
        os.environ.setdefault("POBRATYM_DEMONSTRATION", "yes")
    os.environ.setdefault("POBRATYM_ADDRESS", f"http://{host}:{port}")
    os.environ.setdefault("POBRATYM_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    install("web")
    compile_messages()
    set_up()
    stopping, children = [], []
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: stopping.append(number))
    try:
        web = ("granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1", *WITHIN)
        children.append(
            start(*web, "--blocking-threads", "4", "--log-level", "warning", "pobratym.config.wsgi:application")
        )
        children.append(start("pobratym", "worker", "--verbosity", "0"))
        return watch(children, host, port, stopping)
    finally:
        end(children)
