"""A function of a short text that remembers what it said."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Value = TypeVar("Value")

# RFC 1035, section 2.3.4: a domain name has at most 255 octets. What is longer does not recur, and to keep
# thousands of such texts takes hundreds of megabytes.
LONGEST = 255


def remembered(count: int) -> Callable[[Callable[[str], Value]], Callable[[str], Value]]:
    """Return a decorator by which a function keeps its answers to the last ``count`` texts that are no longer
    than a domain name.
    """

    def decorate(tell: Callable[[str], Value]) -> Callable[[str], Value]:
        recall = lru_cache(maxsize=count)(tell)

        @wraps(tell)
        def told(text: str) -> Value:
            return recall(text) if len(text) <= LONGEST else tell(text)

        return told

    return decorate
