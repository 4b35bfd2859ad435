"""What this machine and its variables allow; each refusal is one sentence that says what to do."""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST, TOO_NEW = (3, 11), (3, 14)
NOT_AN_ADDRESS = "set it to an address of this machine, such as 127.0.0.1."


class Refused(Exception):
    """The one sentence that says what to do."""


def readable_settings() -> dict[str, str]:
    """Each ``POBRATYM_…`` name that something reads, with its kind, as the settings' own source tells."""
    config = ROOT / "src" / "pobratym" / "config"
    source = (config / "settings.py").read_text(encoding="utf-8")
    known = {"POBRATYM_" + name: kind for kind, name in re.findall(r'env\.(\w+)\(\s*"([A-Z_]+)"', source)}
    known.update({name + "_FILE": "path" for name in list(known)})
    elsewhere = re.findall(r'"(POBRATYM_[A-Z_]+)"', (config / "env.py").read_text(encoding="utf-8"))
    known.update(dict.fromkeys(elsewhere, "text"))
    return known


def check_environment(environ: Mapping[str, str]) -> None:
    """Refuse a name that nothing reads and a value that cannot be used, before anything is installed."""
    known = readable_settings()
    for name in sorted(name for name in environ if name.startswith("POBRATYM_")):
        value, kind = environ[name].strip(), known.get(name)
        if kind is None:
            raise Refused(f"{name} is not a setting of Pobratym: correct or unset it (all: docs/operate/install.md).")
        if kind == "number" and not (value.isascii() and value.isdigit()):
            raise Refused(f"{name} is “{value}”: set it to a whole number.")
        if kind == "flag" and value.lower() not in {"yes", "no", "true", "false", "on", "off", "1", "0", ""}:
            raise Refused(f"{name} is “{value}”: set it to yes or no.")
    if environ.get("POBRATYM_DB", "sqlite") not in {"sqlite", "postgresql"}:
        raise Refused(f"POBRATYM_DB is “{environ['POBRATYM_DB']}”: set it to sqlite or postgresql.")
    evaluation = environ.get("POBRATYM_EVALUATION_DATA")
    if evaluation and not Path(evaluation).is_dir():
        raise Refused(f"POBRATYM_EVALUATION_DATA is “{evaluation}”, which is no folder: correct or unset it.")


def listening_address(environ: Mapping[str, str]) -> tuple[str, int]:
    """Host and port to serve on. Refuses a port that is no port and one that is taken."""
    host, port = environ.get("POBRATYM_HOST") or "127.0.0.1", environ.get("POBRATYM_PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Refused(f"POBRATYM_PORT is “{port}”: set it to a number from 1 to 65535.")
    try:
        family, _, _, _, place = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise Refused(f"POBRATYM_HOST is “{host}”: {NOT_AN_ADDRESS}") from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere this option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except PermissionError:
            raise Refused(f"Port {port} needs more rights: set POBRATYM_PORT to one above 1024.") from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise Refused(f"POBRATYM_HOST is “{host}”: {NOT_AN_ADDRESS}") from None
            raise Refused(
                f"Port {port} of {host} is taken: stop the program that uses it, "
                f"or choose another, for example POBRATYM_PORT={int(port) % 65000 + 1}."
            ) from None
    return host, int(port)


def writable_folder(folder: Path, advice: str) -> Path:
    """Make the folder if need be. Refuses one that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=str(folder)).close()
    except OSError as error:
        raise Refused(f"The folder {folder} cannot be written ({error.strerror}): {advice}.") from None
    return folder


def check_python(version: Sequence[int], *, missing: bool | None = None) -> None:
    """Refuse a Python that the requirements are not compiled for, or one that cannot make environments."""
    if not OLDEST <= tuple(version[:2]) < TOO_NEW:
        raise Refused(
            f"This is Python {version[0]}.{version[1]}: start do.py with Python 3.11, 3.12 or 3.13 "
            "(for example python3.12 do.py serve)."
        )
    if missing_for_venv() if missing is None else missing:
        raise Refused("This Python cannot make virtual environments: add that (Debian: apt install python3-venv).")


def missing_for_venv() -> bool:
    """Debian packs venv's parts apart from Python; uv can do without ensurepip."""
    if importlib.util.find_spec("venv") is None:
        return True
    return importlib.util.find_spec("ensurepip") is None and shutil.which("uv") is None
