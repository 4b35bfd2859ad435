"""The one entry of the house: ``python3 do.py serve | test | check | demo | docs | bench | messages | lock``.

Standard library only, so that it runs before anything is installed. It and ``house/`` must *parse* on an old
Python too, to be able to say that the Python is old: no syntax in them is younger than 3.7.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

from house.environment import Refused, check_python

from house import checking, serving

COMMANDS = {
    "serve": serving.serve,
    "test": checking.test,
    "check": checking.check,
    "demo": checking.product("demo"),
    "docs": checking.docs,
    "bench": checking.bench,
    "messages": checking.product("messages"),
    "lock": checking.lock,
}


def command_of(arguments: list[str]) -> Callable[[list[str]], int]:
    """The command that the first word names."""
    if arguments and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]]
    raise Refused(f"Say what to do: python3 do.py {' | '.join(COMMANDS)}.")


def main(arguments: list[str]) -> int:
    """Run one command; the exit code. A refusal is one sentence and code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console of Windows may know no Cyrillic
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        check_python(sys.version_info[:2])
        return command_of(arguments)(arguments[1:])
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrupted; what was done is kept, and the next start goes on from it.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
