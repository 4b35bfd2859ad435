"""XML that is read only to be judged: no document types, no entities, no depth or length without end."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from pobratym.files.refusals import Damaged, Swollen

DEPTH = 200
ELEMENTS = 2_000_000
LARGEST = 40 * 1024 * 1024


def elements(content: bytes) -> Iterator[Element]:
    """Each element when it ends, its children forgotten. Raises Damaged or Swollen."""
    if len(content) > LARGEST:
        raise Swollen
    open_ones: list[Element] = []
    seen = 0
    try:
        for event, element in iterparse(BytesIO(content), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                open_ones.append(element)
                seen += 1
                if len(open_ones) > DEPTH or seen > ELEMENTS:
                    raise Swollen
                continue
            yield element
            open_ones.pop()
            element.clear()
            if open_ones:
                open_ones[-1].remove(element)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Damaged from error


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]
