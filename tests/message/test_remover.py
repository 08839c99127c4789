"""Copies of a field go, whatever hides them, and nothing else does."""

from __future__ import annotations

import email
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headertrace.message.remover import LONGEST_LINE, FieldRemover
from headertrace.message.section import read_section

NAME = "X-Headertrace"
# What a hostile message is put together from.
TOKENS = st.sampled_from(
    [
        b"X-Headertrace",
        b"x-headertrace: a",
        b"Subject: b",
        b":",
        b" ",
        b"\t",
        b"\r",
        b"\n",
        b"\r\n",
        b"c",
        b"\x00",
    ]
)
MESSAGES = st.lists(TOKENS, max_size=30).map(b"".join)


def remove(*pieces: bytes) -> bytes:
    return b"".join(FieldRemover(NAME).pieces(pieces))


CASES = [
    ("a copy goes", b"A: b\nX-Headertrace: forged\nC: d\n\nbody", b"A: b\nC: d\n\nbody"),
    ("its folds go with it", b"X-Headertrace: a\n b\n\tc\nC: d\n\n", b"C: d\n\n"),
    ("in any letter case", b"x-HEADERtrace: a\r\nC: d\r\n\r\n", b"C: d\r\n\r\n"),
    ("with blanks before the colon (RFC 5322, 4.5.8)", b"X-Headertrace \t: a\nC: d\n\n", b"C: d\n\n"),
    ("one after the other", b"X-Headertrace: a\nX-Headertrace: b\nC: d\n\n", b"C: d\n\n"),
    ("as the last field", b"A: b\nX-Headertrace: a", b"A: b\n"),
    ("behind a lone CR, without joining lines", b"A: b\rX-Headertrace: a\nC: d\n\n", b"A: b\r\nC: d\n\n"),
    ("behind a line that is no field", b"A: b\njunk\nX-Headertrace: a\n\n", b"A: b\njunk\n\n"),
    ("a longer name stays", b"X-Headertrace-Note: a\nC: d\n\n", b"X-Headertrace-Note: a\nC: d\n\n"),
    ("a fold that looks like one stays", b"A: b\n X-Headertrace: a\n\n", b"A: b\n X-Headertrace: a\n\n"),
    ("the body stays", b"A: b\n\nX-Headertrace: a\n\n", b"A: b\n\nX-Headertrace: a\n\n"),
    ("a body without a header stays", b"\nX-Headertrace: a\n", b"\nX-Headertrace: a\n"),
    ("nothing stays nothing", b"", b""),
]


@pytest.mark.parametrize(("why", "message", "left"), CASES, ids=[case[0] for case in CASES])
def test_what_is_left(why: str, message: bytes, left: bytes) -> None:
    assert remove(message) == left


@given(MESSAGES, st.lists(st.integers(0, 200), max_size=6))
@example(b"A: b\rX-Headertrace: a\nC: d\r\n\r\n", [5])
def test_it_does_not_matter_where_the_pieces_end(message: bytes, cuts: list[int]) -> None:
    bounds = [0, *sorted(min(cut, len(message)) for cut in cuts), len(message)]
    pieces = [message[start:end] for start, end in pairwise(bounds)]
    assert remove(*pieces) == remove(message)


@given(MESSAGES)
@example(b"A: b\rX-Headertrace: a\n\n")
@example(b"X-Headertrace: a\r\r\nX-Headertrace: b\n\n")
@example(b"X-Headertrace: a\n\nX-Headertrace: b")
def test_no_reader_finds_a_copy(message: bytes) -> None:
    # The filter's own field stands first: without it, a header of copies alone would leave a body alone.
    left = b"A: b\n" + remove(message)
    assert read_section(left).count(NAME) == 0
    assert email.message_from_bytes(left)[NAME] is None


@given(MESSAGES.filter(lambda message: b"trace" not in message))
def test_without_a_copy_nothing_changes(message: bytes) -> None:
    assert remove(message) == message


def test_a_line_of_any_length_is_passed_on_in_pieces() -> None:
    def endless() -> Iterator[bytes]:
        yield b"Subject: "
        for _ in range(100):
            yield b"x" * 10_000

    pieces = list(FieldRemover(NAME).pieces(endless()))
    assert sum(map(len, pieces)) == 1_000_009
    assert max(map(len, pieces)) <= 10_000 + LONGEST_LINE


def test_a_copy_of_any_length_goes() -> None:
    pieces = [b"A: b\nX-Headertrace: ", *[b"y" * 10_000] * 100, b"\r", b"\nC: d\n\n"]
    assert remove(*pieces) == b"A: b\nC: d\n\n"
