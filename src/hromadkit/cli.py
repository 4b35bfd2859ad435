"""The command ``hromadkit``: what the library does, for files and pipes, without Django.

hromadkit tag FILE…            places of each text, oblasts and communities it is about
hromadkit tag --jsonl FILE…    objects with url, text and optional title, source; an object a line comes out
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from hromadkit.places import Gazetteer, Mention, Tag, Tags, everyday_name, unit


class Unreadable(Exception):
    """An input that cannot be used; the sentence says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 2 for an input that cannot be used, told on standard error."""
    parser = argparse.ArgumentParser(prog="hromadkit", description="Ukraine’s communities in texts.")
    commands = parser.add_subparsers(dest="command", required=True)
    tag = commands.add_parser("tag", help="find places in texts and tell what the texts are about")
    tag.add_argument("files", nargs="*", metavar="FILE", help="texts in UTF-8; none or - is standard input")
    tag.add_argument("--jsonl", action="store_true", help="a JSON object a line: url, text, optional title and source")
    tag.add_argument("--explain", action="store_true", help="each mention with its evidence, each tag with its reasons")
    chosen = parser.parse_args(arguments)
    try:
        for name in chosen.files or ["-"]:
            if chosen.jsonl:
                _tag_lines(name, explain=chosen.explain)
            else:
                _tag_text(name, explain=chosen.explain, named=len(chosen.files) > 1)
    except Unreadable as refusal:
        sys.stderr.write(f"hromadkit: {refusal}\n")
        return 2
    except BrokenPipeError:
        # Whoever read us has seen enough; nothing is left to flush into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _read(name: str) -> Iterator[str]:
    """The lines of a file; a text that is not UTF-8 is refused, not guessed."""
    try:
        if name == "-":
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")  # type: ignore[union-attr]  # a text stream
            yield from sys.stdin
            return
        with Path(name).open(encoding="utf-8-sig") as file:
            yield from file
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{name} is not text in UTF-8 (byte {error.start}); save it as UTF-8 and try again."
        ) from error
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}.") from error


def _tag_text(name: str, *, explain: bool, named: bool) -> None:
    found = Gazetteer().tags("".join(_read(name)))
    lines = [f"{name}:"] if named else []
    lines += _tags("oblast", found.oblasts, explain=explain) + _tags("hromada", found.hromadas, explain=explain)
    # What the text does not settle is asked even without --explain.
    asked = [mention for mention in found.mentions if len(mention.codes) > 1 and mention.kind == "hromada"]
    lines += [_mention(mention) for mention in (found.mentions if explain else asked)]
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _tags(kind: str, tags: tuple[Tag, ...], *, explain: bool) -> list[str]:
    return [
        "\t".join(
            (kind, tag.code, everyday_name(unit(tag.code)))
            + ((f"{tag.salience:.2f}", "; ".join(tag.reasons)) if explain else ())
        )
        for tag in tags
    ]


def _mention(mention: Mention) -> str:
    names = ", ".join(f"{code} {everyday_name(unit(code))}" for code in mention.codes)
    evidence = ", ".join((mention.head, *mention.evidence))
    which = "" if len(mention.codes) == 1 else f"which of {len(mention.codes)}: "
    return f"{mention.start}-{mention.end}\t{mention.surface}\t{mention.kind}\t{which}{names}\t{evidence}"


def _tag_lines(name: str, *, explain: bool) -> None:
    gazetteer = Gazetteer()
    for number, line in enumerate(_read(name), start=1):
        if line.strip():
            item = _item(name, number, line)
            found = gazetteer.tags(item["text"], title=item["title"], source=item["source"])
            _write(sys.stdout, item["url"], found, explain=explain)


def _item(name: str, number: int, line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name}, line {number}, is not JSON: {error}.") from error
    if not isinstance(item, dict) or "url" not in item or not isinstance(item.get("text"), str):
        raise Unreadable(f"{name}, line {number}: give an object with “url” and “text”, the text a string.")
    for key in ("title", "source"):
        value = item.get(key)
        if not isinstance(value, str | None):
            raise Unreadable(f"{name}, line {number}: “{key}” must be a string.")
        item[key] = value or ""
    return item


def _write(out: TextIO, url: Any, found: Tags, *, explain: bool) -> None:
    row: dict[str, Any] = {
        "url": url,
        "oblast_codes": [tag.code for tag in found.oblasts],
        "hromada_codes": [tag.code for tag in found.hromadas],
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "surface": mention.surface,
                "kind": mention.kind,
                "codes": list(mention.codes),
                **({"head": mention.head, "evidence": list(mention.evidence)} if explain else {}),
            }
            for mention in found.mentions
        ],
    }
    if explain:
        row["reasons"] = {
            tag.code: {"salience": tag.salience, "words": list(tag.reasons)}
            for tag in (*found.oblasts, *found.hromadas)
        }
    out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
