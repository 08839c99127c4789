"""What the text of one clause consists of: parts, each with its kind and span."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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


# Of a kind, a start, an end, a depth and a comment. Costs half of what calling the class costs, whose own
# ``__new__`` is a Python function.
make_part: Callable[[tuple[str, int, int, int, int]], Part] = partial(tuple.__new__, Part)
