"""How much of the input has been read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Meter:
    """Bytes of the files themselves, packed as they are: ``read`` so far, ``total`` where it is known."""

    read: int = 0
    total: int | None = None

    def add(self, count: int) -> None:
        """Count bytes that were read."""
        self.read += count
