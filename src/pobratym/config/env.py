"""Values from the environment, each named `POBRATYM_…`; an unusable value is refused with a sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PREFIX = "POBRATYM_"

# Read by do.py and the tests, not by the settings.
known = {
    "POBRATYM_HOST",
    "POBRATYM_PORT",
    "POBRATYM_EVALUATION_DATA",
    "POBRATYM_TEST_POSTGRESQL",
    "POBRATYM_SCREENSHOTS",
}


def text(name: str, default: str = "", *, choices: tuple[str, ...] = ()) -> str:
    """The value of `POBRATYM_<name>`, or of the file that `POBRATYM_<name>_FILE` names."""
    key = PREFIX + name
    known.update({key, f"{key}_FILE"})
    if path := os.environ.get(f"{key}_FILE"):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{key}_FILE names {path}, which cannot be read: {error.strerror}.") from error
    else:
        value = os.environ.get(key, "").strip() or default
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{key} is “{value}”; set it to one of: {', '.join(choices)}.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """A switch: yes/no, true/false, on/off, 1/0."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"yes", "true", "on", "1"}:
        return True
    if value in {"no", "false", "off", "0"}:
        return False
    raise ImproperlyConfigured(f"{PREFIX}{name} is “{value}”; set it to yes or no.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{PREFIX}{name} is “{value}”; set it to a whole number.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word for word in (part.strip() for part in text(name, default).split(",")) if word]


def unknown() -> list[str]:
    """Names with our prefix that nothing reads: most likely a slip of the pen."""
    return sorted(key for key in os.environ if key.startswith(PREFIX) and key not in known)
