"""Answers kept for as long as they hold."""

from __future__ import annotations

from headertrace.lookups.answer import Answer

# An answer is half a kilobyte at most: about 10 MB. The oldest goes first.
MOST_ANSWERS = 20_000
# As postscreen bounds it: a list's TTL of zero would mean asking again for every message of a run,
# one of a day would show an address as listed long after it left.
SHORTEST, LONGEST = 60, 3600


class AnswerCache:
    """Answers by question, until their TTL ends; times are seconds of any one clock."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._kept: dict[bytes, tuple[float, Answer]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, question: bytes, now: float) -> Answer | None:
        """Return the answer that still holds, or None."""
        kept = self._kept.get(question)
        if kept is None:
            return None
        if kept[0] <= now:
            del self._kept[question]
            return None
        return kept[1]

    def keep(self, question: bytes, answer: Answer, now: float) -> None:
        """Keep an answer; a failed one, or one that tells no TTL, is not kept."""
        if answer.ttl is None or answer.failed:
            return
        if len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[question] = (now + min(max(answer.ttl, SHORTEST), LONGEST), answer)
