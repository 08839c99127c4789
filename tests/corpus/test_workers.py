"""What workers are given arrives, however large it is, and shared memory is counted once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from headertrace.corpus import workers
from headertrace.corpus.areas import AREA_BYTES, Areas
from headertrace.corpus.piece import PIECE_MESSAGES, cut_pieces
from headertrace.corpus.sources import Item, Meter


def items(count: int) -> Iterator[Item]:
    return (Item("a.mbox", number, b"From: a@b.example\n\n") for number in range(count))


@pytest.mark.parametrize("count", [6_000, 10_000, 40_000])
def test_one_piece_more_or_less_is_little_for_either_of_two_workers(count: int) -> None:
    pieces = list(cut_pieces(items(count), Meter()))
    assert sum(len(piece.entries) for piece in pieces) == count
    assert max(len(piece.entries) for piece in pieces) <= count // 12
    assert [piece.first for piece in pieces[1:]] == [
        piece.first + len(piece.entries) for piece in pieces[:-1]
    ]


def test_a_large_archive_is_cut_into_few_pieces() -> None:
    sizes = [len(piece.entries) for piece in cut_pieces(items(100_000), Meter())]
    assert len(sizes) < 130
    assert set(sizes[-50:-1]) == {PIECE_MESSAGES}


def measured(text: bytes) -> tuple[int, bytes]:
    return len(text), text[:1]


SIZES = [0, 1, 70_000, AREA_BYTES - 100, AREA_BYTES + 1, 5]


def texts() -> Iterator[bytes]:
    return (bytes([number]) * size for number, size in enumerate(SIZES * 3))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_gets_what_was_given(count: int) -> None:
    wanted = [measured(text) for text in texts()]
    with workers.crew(count) as crew:
        assert list(crew.in_order(measured, texts())) == wanted
    with workers.crew(count) as crew:
        assert sorted(crew.in_any_order(measured, texts())) == sorted(wanted)


def test_without_shared_memory_the_same_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    with workers.crew(2) as crew:
        assert list(crew.in_order(len, ["a" * size for size in (0, 7, 70_000)])) == [0, 7, 70_000]


def test_areas_are_given_back() -> None:
    with Areas(2) as shared:
        for number in range(5):
            stretch = shared.write(number)
            assert stretch is not None
            assert shared.read(stretch) == number
            shared.release(stretch)
        assert [shared.write("x"), shared.write("y")] != [None, None]
        assert shared.write("z") is None, "both are taken"


def test_what_is_too_large_leaves_its_area_free() -> None:
    with Areas(1) as shared:
        assert shared.write(b"x" * AREA_BYTES) is None
        assert shared.write(b"x") is not None


def shared_here() -> int:
    """KiB of shared memory that count as this process's own."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssShmem:")[2].split()[0])


@pytest.mark.skipif(sys.platform != "linux", reason="tells memory by /proc")
def test_a_worker_does_not_keep_what_is_shared() -> None:
    with Areas(1) as shared:
        before = shared_here()
        stretch = shared.write(b"x" * (AREA_BYTES // 2))
        assert stretch is not None
        assert shared_here() - before >= AREA_BYTES // 2048
        task = shared.read(stretch)
        assert shared_here() <= before
    assert task == b"x" * (AREA_BYTES // 2)
