"""What was made to break readers: linear in time, bounded in memory, and still told as it is."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest
from tests.hostile.growth import grows_linearly

from headertrace.message.layout import MAX_SECTION_BYTES
from headertrace.message.section import HeaderSection, read_section

SMALL = 60_000

SHAPES: dict[str, Callable[[int], bytes]] = {
    "one word": lambda n: b"Received: " + b"a" * n,
    "one line of blanks": lambda n: b"Received: " + b" " * n,
    "blanks before a colon": lambda n: b"Received" + b" " * n + b": a\n",
    "a name without colon": lambda n: b"a" * n,
    "names without colon": lambda n: b"aaaa\n" * (n // 5),
    "many fields": lambda n: b"Received: a\n" * (n // 12),
    "many shortest fields": lambda n: b"a:\n" * (n // 3),
    "many folds": lambda n: b"Received:" + b"\n a" * (n // 3),
    "folds of nothing": lambda n: b"Received:" + b"\n " * (n // 2),
    "folds without a field": lambda n: b" a\n" * (n // 3),
    "blank lines": lambda n: b"\n" * n,
    "blank lines of spaces": lambda n: b" \n" * (n // 2) + b"a: b\n",
    "separator lines": lambda n: b"From \n" * (n // 6),
    "line ends of CR": lambda n: b"a: b\r" * (n // 5),
    "CRs": lambda n: b"\r" * n,
    "CRs and fields": lambda n: b"a\r" * (n // 2) + b"b: c\n\n",
    "mixed line ends": lambda n: b"a: b\r\na: b\na: b\r" * (n // 16),
    "NULs": lambda n: b"\0" * n,
    "colons": lambda n: b":" * n,
    "marks": lambda n: b"\xef\xbb\xbf" * (n // 3),
    "UTF-16": lambda n: b"\xff\xfe" + b"a\0:\0\n\0" * (n // 6),
    "encoded words": lambda n: b"Subject: " + b"=?utf-8?q?a?= " * (n // 14),
    "open encoded words": lambda n: b"Subject: " + b"=?utf-8?q?" * (n // 10),
    "question marks": lambda n: b"Subject: " + b"=?" * (n // 2),
    "every byte": lambda n: bytes(range(256)) * (n // 256),
}


def use(message: bytes) -> HeaderSection:
    section = read_section(message)
    _ = (section.fields, section.stray, section.defects, section.text("Subject"), section.values("Received"))
    return section


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_the_input(shape: Callable[[int], bytes]) -> None:
    # Above NEVER_TOO_MANY bytes the fields are counted once more: both sizes lie beyond that.
    assert grows_linearly(use, shape, 8 * SMALL)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_memory_is_a_multiple_of_the_input(shape: Callable[[int], bytes]) -> None:
    message = shape(SMALL)
    tracemalloc.start()
    use(message)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The shortest field is three bytes, and its Field some 600.
    assert peak < 400 * SMALL


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_locating_alone_keeps_no_more_than_copies_of_the_input(shape: Callable[[int], bytes]) -> None:
    message = shape(SMALL)
    tracemalloc.start()
    section = read_section(message)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert section.raw is not None
    assert peak < 5 * SMALL


def test_what_lies_beyond_the_bound_is_left_and_told() -> None:
    section = read_section(b"Received: " + b"a" * MAX_SECTION_BYTES + b"\nSubject: beyond\n\n")
    assert len(section.raw) == MAX_SECTION_BYTES
    assert [field.name for field in section.fields] == ["Received"]
    assert "header-too-long" in {str(defect.kind) for defect in section.defects}


def test_a_body_of_any_size_is_no_defect() -> None:
    section = read_section(b"Subject: a\n\n" + b"a" * MAX_SECTION_BYTES)
    assert section.raw == b"Subject: a\n"
    assert section.defects == ()
