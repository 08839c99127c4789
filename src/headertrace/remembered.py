"""A function of a short text, or of a few, that remembers what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

# Of texts in a tuple, who asks bounds the length.
Key = TypeVar("Key", bound=Sequence[object])
Value = TypeVar("Value")

# RFC 1035, section 2.3.4: a domain name has at most 255 octets. What is longer does not recur, and to keep
# thousands of such texts takes hundreds of megabytes.
LONGEST = 255


class _Answers(dict[Key, Value]):
    """Answers by text: to look one up costs a third of what ``functools.lru_cache`` with a guard costs.

    Where there are too many, all are forgotten, which costs a second asking.
    """

    def __init__(self, tell: Callable[[Key], Value], count: int) -> None:
        super().__init__()
        self._tell = tell
        self._count = count

    def __missing__(self, text: Key) -> Value:
        answer = self._tell(text)
        if len(text) <= LONGEST:
            if len(self) >= self._count:
                self.clear()
            self[text] = answer
        return answer


def remembered(count: int) -> Callable[[Callable[[Key], Value]], Callable[[Key], Value]]:
    """Return a decorator by which a function keeps its answers to ``count`` texts, none of them too long."""

    def decorate(tell: Callable[[Key], Value]) -> Callable[[Key], Value]:
        return _Answers(tell, count).__getitem__

    return decorate
