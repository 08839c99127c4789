"""Phrases of the data files as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from headertrace.bounces.data import read_data

# Words that belong together stand together; a wider gap would join two sentences.
GAP_LENGTH = 160
GAP = " ... "


class Phrases:
    """Phrases to find in a text of lower case; most texts hold none, and that is told without a pattern."""

    __slots__ = ("_anchors", "_pattern")

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take phrases: `` ... `` bridges a short gap, a final ``*`` stands for any ending."""
        phrases = tuple(phrases)
        self._pattern = re.compile("|".join(_phrase(phrase) for phrase in phrases) or r"(?!)")
        self._anchors = tuple(max(phrase.rstrip("*").split(GAP), key=len) for phrase in phrases)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place of any of the phrases, as whole words."""
        # A plain look for the longest part of each costs a hundredth of what the pattern does.
        for anchor in self._anchors:
            if anchor in text:
                return self._pattern.search(text)
        return None


def _phrase(phrase: str) -> str:
    parts = [re.escape(part) for part in phrase.rstrip("*").split(GAP)]
    before = r"(?<![a-z0-9])" if phrase[0].isalnum() else ""
    after = r"(?![a-z0-9])" if phrase[-1].isalnum() else ""
    return before + rf".{{1,{GAP_LENGTH}}}?".join(parts) + after


@cache
def word_list(name: str) -> Phrases:
    """Return one word list of ``words.toml``."""
    return Phrases(read_data("words.toml")[name]["says"])
