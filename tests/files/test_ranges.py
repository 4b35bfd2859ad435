"""Parts of a file that a client asks for (RFC 9110, section 14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pobratym.files.ranges import MOST, Span, joined, wanted


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-499", [Span(0, 499)]),
        ("bytes=500-", [Span(500, 999)]),
        ("bytes=-200", [Span(800, 999)]),
        ("bytes=-5000", [Span(0, 999)]),
        ("bytes=990-5000", [Span(990, 999)]),
        ("BYTES = 0-0", [Span(0, 0)]),
        ("bytes=0-0, ,-1", [Span(0, 0), Span(999, 999)]),
        ("bytes=900-999,0-99", [Span(900, 999), Span(0, 99)]),
        ("bytes=0-99,50-149", [Span(0, 149)]),
        ("bytes=0-99,100-149", [Span(0, 149)]),
        ("bytes=0-99,2000-", [Span(0, 99)]),
        ("bytes=1000-", []),
        ("bytes=-0", []),
        ("bytes=1000-1001,2000-", []),
        ("", None),
        ("bytes", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=5-4", None),
        ("bytes=a-b", None),
        ("bytes=0x1-2", None),
        ("bytes=١-٢", None),
        ("bytes=0-1-2", None),
        ("items=0-1", None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2 * MOST + 2, 2)), None),
        (f"bytes=0-{10**30}", None),
    ],
)
def test_wish_is_understood_or_ignored(header, found):
    assert wanted(header, 1000) == found


def test_nothing_of_an_empty_file_can_be_given():
    assert wanted("bytes=0-", 0) == []
    assert wanted("bytes=-5", 0) == []


spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 60), st.integers(0, 60))


@given(st.lists(spans, max_size=8))
def test_joined_spans_hold_the_same_bytes_and_none_twice(some):
    result = joined(some)

    sent = [byte for span in result for byte in range(span.first, span.last + 1)]
    assert len(sent) == len(set(sent))
    assert set(sent) == {byte for span in some for byte in range(span.first, span.last + 1)}


@given(st.text(alphabet="bytes=0123456789-, ", max_size=30), st.integers(0, 100))
def test_whatever_is_asked_lies_within_the_file(header, size):
    for span in wanted(header, size) or []:
        assert 0 <= span.first <= span.last < size
