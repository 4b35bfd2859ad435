"""Signatures that stand apart from their file (CAdES, `.p7s`): the outermost shape only; nothing is verified here."""

from collections.abc import Iterator

from pobratym.files.refusals import HoldsItsText

SEQUENCE, SET, INTEGER, OBJECT, CONTEXT_0 = 0x30, 0x31, 0x02, 0x06, 0xA0
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
DATA = bytes.fromhex("2a864886f70d010701")


class NotDer(Exception):
    """Not written as these structures are."""


def is_signature(content: bytes) -> bool:
    """Whether it is signed data without the signed text. Raises HoldsItsText if the text is inside."""
    try:
        outer = list(parts(content))
        if len(outer) != 1 or outer[0][0] != SEQUENCE:
            return False
        kind, wrapped = list(parts(outer[0][1]))
        if kind != (OBJECT, SIGNED_DATA) or wrapped[0] != CONTEXT_0:
            return False
        ((tag, inside),) = parts(wrapped[1])
        version, digests, signed, *rest = parts(inside)
        shape = (tag, version[0], digests[0], signed[0])
        if shape != (SEQUENCE, INTEGER, SET, SEQUENCE) or not rest or rest[-1][0] != SET or not rest[-1][1]:
            return False
        about = list(parts(signed[1]))
    except (NotDer, ValueError):
        return False
    if not about or about[0][0] != OBJECT:
        return False
    if len(about) > 1:
        raise HoldsItsText
    return True


def parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each element, one after the other, to the last byte. Raises NotDer."""
    at = 0
    while at < len(content):
        if at + 2 > len(content) or content[at] & 0x1F == 0x1F:
            raise NotDer
        tag, length = content[at], content[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or at + count > len(content):
                raise NotDer
            length = int.from_bytes(content[at : at + count], "big")
            at += count
        if at + length > len(content):
            raise NotDer
        yield tag, content[at : at + length]
        at += length
