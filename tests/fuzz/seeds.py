"""What a fuzzer starts from: the project's own fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..received.cases import load_cases
from .targets import ENDINGS

FIXTURES = Path(__file__).parents[2] / "fixtures"
# Longer seeds make a fuzzer slow and teach it nothing.
MAX_SEED = 16384


def seeds(target: str) -> Iterator[bytes]:
    """Yield the seeds of one target, each once, in the same order every time."""
    yield from dict.fromkeys(seed for seed in _seeds(target) if len(seed) <= MAX_SEED)


def _seeds(target: str) -> Iterator[bytes]:
    if target == "hop":
        yield from (case.field for case in load_cases())
        return
    for path in sorted(FIXTURES.rglob("*")):
        if path.suffix == ".eml" and path.is_file():
            message = path.read_bytes()
            yield message
            if target == "source":
                yield from (bytes((place,)) + message for place in range(len(ENDINGS)))
    yield from (b"Received: " + case.field + b"\r\n\r\n" for case in load_cases()[::7])


def found(target: str) -> list[Path]:
    """Return the files that once broke a promise of this target."""
    return sorted((FIXTURES / "fuzz" / target).glob("*"))
