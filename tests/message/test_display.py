"""A value as a reader sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.message.display import MAX_DISPLAY_BYTES, display, unfold


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (b" one\r\n\ttwo\n  three ", b"one two three"),
        (b" a \t\n b", b"a b"),
        (b"\n\n x", b"x"),
        (b"inner  blanks\tstay", b"inner  blanks\tstay"),
        (b"", b""),
    ],
)
def test_unfold(value: bytes, line: bytes) -> None:
    assert unfold(value) == line


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b" plain", "plain"),
        (b"=?iso-8859-1?q?Gr=FC=DFe?=", "Grüße"),
        (b"=?utf-8?b?R3LDvMOfZQ==?= there", "Grüße there"),
        (b"=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        (b"=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        (b"=?UTF-8?Q?a=C3?= =?UTF-8?Q?=BC?=", "aü"),
        (b"=?no-such-charset?q?a?=", "=?no-such-charset?q?a?="),
        (b"=?utf-8?x?a?=", "=?utf-8?x?a?="),
        (b"=?utf-7?q?Gr+APw-e?=", "Grüe"),
        (b"=?utf-7?q?+2AA-?=", "=?utf-7?q?+2AA-?="),
        (b"1 =? 2 ?= 3", "1 =? 2 ?= 3"),
    ],
)
def test_display(value: bytes, text: str) -> None:
    assert display(value) == text


def test_a_long_value_is_cut() -> None:
    assert len(display(b"a" * (MAX_DISPLAY_BYTES + 9))) == MAX_DISPLAY_BYTES


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"=?", b"?=", b"utf-8", b"?q?", b"?b?", b"=C3", b" "])).map(b"".join)
)
def test_any_value_is_shown(value: bytes) -> None:
    assert isinstance(display(value), str)
