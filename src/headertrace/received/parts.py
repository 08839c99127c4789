"""What the text of one clause consists of: parts, each with its kind and span."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """A piece of a clause that one rule explained.

    ``depth`` counts the comments around it; ``comment`` is the place of the outermost one's parenthesis,
    -1 outside comments.
    """

    kind: str
    start: int
    end: int
    depth: int = 0
    comment: int = -1
