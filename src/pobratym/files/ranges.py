"""Parts of a file that a client asks for (RFC 9110, section 14)."""

import re
from dataclasses import dataclass

SPEC = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")
# More parts than this are no reader's wish; the whole file is the answer then.
MOST = 8


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first to the last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1

    def within(self, size: int) -> str:
        """How the answer names it: `bytes 0-499/1234`."""
        return f"bytes {self.first}-{self.last}/{size}"


def wanted(header: str, size: int) -> list[Span] | None:
    """The spans asked for, overlapping ones joined; none if nothing of them is there; None if the header is no wish.

    A header that is not understood, or asks for too many parts, is ignored, as the standard allows.
    """
    unit, _equals, rest = header.partition("=")
    if unit.strip().lower() != "bytes":
        return None
    specs = [spec.strip(" \t") for spec in rest.split(",") if spec.strip(" \t")]
    if not 1 <= len(specs) <= MOST:
        return None
    found = []
    for spec in specs:
        match = SPEC.fullmatch(spec)
        if match is None or spec == "-" or (match[1] and match[2] and int(match[2]) < int(match[1])):
            return None
        span = _span(match[1], match[2], size)
        if span is not None:
            found.append(span)
    return joined(found)


def _span(first: str, last: str, size: int) -> Span | None:
    """One span cut to the file, or None if it lies beyond."""
    if not first:
        length = min(int(last), size)
        return Span(size - length, size - 1) if length else None
    if int(first) >= size:
        return None
    return Span(int(first), min(int(last), size - 1) if last else size - 1)


def joined(spans: list[Span]) -> list[Span]:
    """Overlapping and touching spans as one, so that no byte is sent twice; in the order of the file if any met."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.first <= result[-1].last + 1:
            result[-1] = Span(result[-1].first, max(result[-1].last, span.last))
        else:
            result.append(span)
    return spans if len(result) == len(spans) else result
