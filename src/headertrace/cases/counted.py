"""Numbers with their nouns, as a person writes them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return ``1 case``, ``2 cases``."""
    return f"{number} {noun}{'s' * (number != 1)}"
