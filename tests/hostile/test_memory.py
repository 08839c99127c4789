"""Whatever the text: what is held while it is read, and after, stays in proportion and below bounds."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from headertrace import examine, read_trace
from headertrace.bounces import read_bounce
from headertrace.message.adapters import message_bytes
from headertrace.received.hop import Hop
from headertrace.received.read import MAX_FIELD_OCTETS, read_hop

from ..data import FIXTURES
from .attacks import FIELDS, MESSAGES
from .growth import peak_memory

KB = 1024
# Octets held for one octet of text. A field of nothing but parentheses becomes one part for each, and
# measures 260; a message of nothing but empty Received fields 60.
FIELD_RATIO = 400
MESSAGE_RATIO = 120
# What lies beyond the bound of a field is copied a few times, and not taken apart.
BEYOND_RATIO = 8


def _whole(field: bytes) -> Hop:
    hop = read_hop(field)
    assert hop.spans is not None
    return hop


@pytest.mark.parametrize("attack", FIELDS)
def test_field_takes_memory_in_proportion(attack: str) -> None:
    field = FIELDS[attack].grown(16 * KB)
    _whole(field)
    assert peak_memory(lambda: _whole(field)) < FIELD_RATIO * len(field)


def test_what_lies_beyond_the_bound_of_a_field_is_not_taken_apart() -> None:
    field = FIELDS["comments nested"].grown(4096 * KB)
    assert peak_memory(lambda: _whole(field)) < FIELD_RATIO * MAX_FIELD_OCTETS + BEYOND_RATIO * len(field)


@pytest.mark.parametrize("attack", MESSAGES)
@pytest.mark.parametrize("read", [lambda raw: examine(read_trace(raw)), read_bounce], ids=["trace", "bounce"])
def test_message_takes_memory_in_proportion(read: Callable[[bytes], object], attack: str) -> None:
    message = MESSAGES[attack](64 * KB)
    read(message)
    assert peak_memory(lambda: read(message)) < MESSAGE_RATIO * len(message) + 256 * KB


OUTLOOK = sorted((FIXTURES / "fuzz" / "source").glob("outlook-*"))


@pytest.mark.parametrize("path", OUTLOOK, ids=lambda path: path.name)
def test_outlook_file_takes_memory_in_proportion(path: Path) -> None:
    container = path.read_bytes()
    message_bytes(container)
    assert peak_memory(lambda: message_bytes(container)) < BEYOND_RATIO * len(container) + 256 * KB


LONG = b"yz." * 8000
# One place of a field for each thing that a reader may remember: `%s` is a text that is new each time.
REMEMBERED = {
    "note behind BY": b"from a (b [192.0.2.1]) by c (%s) with ESMTP id 1; Tue, 2 Jan 2024 03:04:05 +0100",
    "protocol": b"from a (b [192.0.2.1]) by c with %s id 1; Tue, 2 Jan 2024 03:04:05 +0100",
    "server": b"from a (b [192.0.2.1]) by %s with ESMTP id 1; Tue, 2 Jan 2024 03:04:05 +0100",
    "lead": b"(%s) by c; Tue, 2 Jan 2024 03:04:05 +0100",
    "looked-up name": b"from a (%s [192.0.2.1]) by c; Tue, 2 Jan 2024 03:04:05 +0100",
    "link": b"from a by b via %s; Tue, 2 Jan 2024 03:04:05 +0100",
    "zone": b"from a by b; Tue, 2 Jan 2024 03:04:05 +0100 (%s)",
    "note behind the client": b"from a ([192.0.2.1]) (No client %s) by b; Tue, 2 Jan 2024 03:04:05 +0100",
    "greeting": b"from %s ([192.0.2.1]) by b; Tue, 2 Jan 2024 03:04:05 +0100",
    "id": b"from a by b id %s; Tue, 2 Jan 2024 03:04:05 +0100",
    "recipient": b"from a by b for <%s>; Tue, 2 Jan 2024 03:04:05 +0100",
    "sender": b"from a by b; Tue, 2 Jan 2024 03:04:05 +0100 (envelope-from <%s>)",
}


def _kept_of(read: Callable[[int, int], None]) -> int:
    """Return the octets that are still held when 80 texts have been read, and 20 before them."""
    read(0, 20)
    tracemalloc.start()
    try:
        read(20, 80)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("place", REMEMBERED)
def test_long_texts_are_forgotten(place: str) -> None:
    def read(first: int, count: int) -> None:
        for number in range(first, first + count):
            _whole(REMEMBERED[place] % (b"x%d" % number + LONG))

    assert _kept_of(read) < 80 * 2 * KB


@pytest.mark.parametrize("place", REMEMBERED)
def test_long_texts_are_forgotten_by_the_judge(place: str) -> None:
    def judge(first: int, count: int) -> None:
        for number in range(first, first + count):
            field = REMEMBERED[place] % (b"x%d" % number + LONG)
            examine(read_trace(b"Received: " + field + b"\nFrom: a@b.example\n\n")).findings  # noqa: B018

    assert _kept_of(judge) < 80 * 2 * KB
