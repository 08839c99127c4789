"""A bounce: who refused whom, by which list, and what to do."""

from __future__ import annotations

from headertrace.bounces.bounce import Blocker, BlockerKind, Bounce, BounceKind, Cause, Explanation, Refusal
from headertrace.bounces.read import read_bounce

__all__ = [
    "Blocker",
    "BlockerKind",
    "Bounce",
    "BounceKind",
    "Cause",
    "Explanation",
    "Refusal",
    "read_bounce",
]
