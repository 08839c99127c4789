"""Pieces of the input: what one worker takes at a time, and what one shard of each table holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from headertrace.corpus.sources import InputError, Item, Meter

# Small enough that a kill loses less than a second of work; large enough that writing five files costs little
# beside judging what stands in them.
PIECE_MESSAGES = 1_000
# A worker that has nothing left waits for the others: their pieces are small beside all that came before.
LEAST_MESSAGES = 500
SHARE = 16
# A few of these are in memory for each worker.
PIECE_BYTES = 8 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Consecutive entries of the input; ``first`` is the number of the first of them in all the input.

    ``read`` is how many bytes of the files had been read when the piece was cut.
    """

    number: int
    first: int
    entries: tuple[Item | InputError, ...]
    read: int

    def fingerprint(self) -> str:
        """Return a digest of the content, which tells whether a shard was made of this very piece."""
        hasher = blake2b(digest_size=16)
        for entry in self.entries:
            data = entry.data if isinstance(entry, Item) else entry.text.encode("utf-8", "replace")
            place = f"{entry.path}\0{entry.offset}\0{len(data)}\0{crc32(data)}\0"
            hasher.update(place.encode("utf-8", "surrogateescape"))
        return hasher.hexdigest()


def cut_pieces(
    entries: Iterable[Item | InputError], meter: Meter, messages: int = PIECE_MESSAGES
) -> Iterator[Piece]:
    """Yield the input in pieces, always cut at the same places; an empty input is one empty piece."""
    kept: list[Item | InputError] = []
    number = first = size = 0
    for entry in entries:
        kept.append(entry)
        size += len(entry.data) if isinstance(entry, Item) else 0
        if len(kept) >= min(messages, max(LEAST_MESSAGES, first // SHARE)) or size >= PIECE_BYTES:
            yield Piece(number=number, first=first, entries=tuple(kept), read=meter.read)
            number, first, size = number + 1, first + len(kept), 0
            kept.clear()
    if kept or not number:
        yield Piece(number=number, first=first, entries=tuple(kept), read=meter.read)
