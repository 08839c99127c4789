"""Several things, as a caller hands them over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

Thing = TypeVar("Thing")

# One can go through these, and nobody means their letters, numbers or keys; an empty one would pass for none.
NOT_SEVERAL = (str, bytes, bytearray, memoryview, Mapping)


def several(things: Iterable[Thing], wrong: str) -> Iterable[Thing]:
    """Return what was given; ``TypeError`` (``wrong``, its type put in) for text, a mapping or one thing."""
    if isinstance(things, NOT_SEVERAL) or not isinstance(things, Iterable):
        raise TypeError(wrong.format(type(things).__name__))
    return things


def several_of(kind: type[Thing], things: Iterable[Thing], wrong: str) -> Iterator[Thing]:
    """Yield what was given; ``TypeError`` (``wrong``, its type put in) for what is none of this kind."""
    for thing in several(things, wrong):
        if not isinstance(thing, kind):
            raise TypeError(wrong.format(type(thing).__name__))
        yield thing
