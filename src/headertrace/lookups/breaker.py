"""When to stop asking a zone for a while."""

from __future__ import annotations

# One lost answer says nothing about a zone, five in a row do; SpamAssassin then waits as long.
FAILURES = 5
REST = 300.0


class Breaker:
    """Counts failures in a row for each zone; times are seconds of any one clock."""

    def __init__(self, failures: int = FAILURES, rest: float = REST) -> None:
        self._limit, self._rest = failures, rest
        self._failed: dict[str, int] = {}
        self._open_until: dict[str, float] = {}

    def why_not(self, zone: str, now: float) -> str | None:
        """Return why the zone is not to be asked now; None where it may be."""
        if now >= self._open_until.get(zone, now):
            return None
        return f"not asked: {self._limit} questions in a row failed; again after {self._rest:g} s"

    def note(self, zone: str, failed: bool, now: float) -> None:
        """Take one outcome into account; any success begins the count anew."""
        if not failed:
            self._failed.pop(zone, None)
            return
        self._failed[zone] = self._failed.get(zone, 0) + 1
        if self._failed[zone] >= self._limit:
            self._open_until[zone] = now + self._rest
            self._failed[zone] = 0
