"""How long a resolver may take before a question is sent again (RFC 6298)."""

from __future__ import annotations

# Seconds: before anything was measured, at least, at most. A resolver on this machine answers
# within a millisecond, one that has to ask the world may need a second.
FIRST, SHORTEST, LONGEST = 0.4, 0.05, 1.0


class Pace:
    """The resend interval of one resolver, learned from its answers."""

    def __init__(self) -> None:
        self._smoothed: float | None = None
        self._deviation = 0.0

    @property
    def interval(self) -> float:
        """Seconds after which an answer is overdue."""
        if self._smoothed is None:
            return FIRST
        return min(max(self._smoothed + 4 * self._deviation, SHORTEST), LONGEST)

    def after(self, tries: int) -> float:
        """Seconds until the question that was sent ``tries`` times is sent again: doubled each time."""
        # Five doublings reach the longest interval from the shortest one.
        return float(min(self.interval * 2 ** min(tries - 1, 5), LONGEST))

    def learn(self, seconds: float) -> None:
        """Take one round trip into account."""
        if self._smoothed is None:
            self._smoothed, self._deviation = seconds, seconds / 2
            return
        self._deviation += (abs(self._smoothed - seconds) - self._deviation) / 4
        self._smoothed += (seconds - self._smoothed) / 8
