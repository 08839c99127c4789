"""A process that judges message after message: `python -m tests.benchmarks.memory 10000 30000`.

Prints the largest resident size so far, in bytes, after each of these numbers of messages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice

from headertrace import examine, read_trace
from tests.benchmarks.measure import largest_resident
from tests.benchmarks.messages import endless


def largest_after(counts: Sequence[int]) -> Iterator[int]:
    messages, seen = endless(), 0
    for count in counts:
        for message in islice(messages, count - seen):
            examine(read_trace(message))
        seen = count
        yield largest_resident()


if __name__ == "__main__":
    print(*largest_after([int(word) for word in sys.argv[1:]]))
