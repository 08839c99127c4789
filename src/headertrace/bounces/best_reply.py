"""The replies of one recipient: each judged, and the one that explains most."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from headertrace.bounces.bounce import ADDRESS_LISTINGS, Cause
from headertrace.bounces.judge import UNSAID, Judgement, judge
from headertrace.bounces.replies import RemoteHost, Reply
from headertrace.bounces.sides import Sides

# A reply quoted twice, once cut: this much of its beginning agrees.
SAME_START = 30

# How much a cause tells: the reply of a server that explains itself wins over "remote protocol error".
_VAGUE = {Cause.UNKNOWN: 3, Cause.UNREACHABLE: 2, Cause.POLICY: 2, Cause.RATE_LIMIT: 1, Cause.MESSAGE: 1}
# The reporting server's advice to people ("the recipient's provider rejected it") tells less than any reply.
_ADVICE = 2


class Judged(NamedTuple):
    """A reply, what it tells, and the server that gave it."""

    reply: Reply
    judgement: Judgement
    host: RemoteHost


def judge_reply(reply: Reply, stated: RemoteHost | None, sides: Sides) -> Judged:
    """Return what a reply tells; ``stated`` is the server that the report names."""
    host = stated or reply.host or RemoteHost()
    if stated and stated.ip is None and reply.host and reply.host.ip:
        host = RemoteHost(name=stated.name, ip=reply.host.ip)
    told = replace(reply, recipient=None, host=None)
    return Judged(reply, judge(told, host.name, sides), host)


def best_reply(judged: list[Judged]) -> Judged:
    """Return the reply that explains most; the first among equals, unless it is repeated with its server."""
    best = min(judged, key=vagueness)
    repeated = (one for one in judged if one.host != RemoteHost() and _repeats(one, best))
    return next(repeated, best) if best.host == RemoteHost() else best


def _repeats(one: Judged, other: Judged) -> bool:
    """Return whether two replies are the same one, quoted twice."""
    starts_alike = one.reply.text[:SAME_START] == other.reply.text[:SAME_START]
    return starts_alike and vagueness(one) == vagueness(other)


def vagueness(judged: Judged) -> int:
    """Return how little a reply explains: 0 where it is plain, less where an address of ours is listed."""
    reply, judgement, _ = judged
    if judgement.cause in ADDRESS_LISTINGS:
        return -1
    vague = _VAGUE.get(judgement.cause, 0)
    return vague + _ADVICE if judgement.cause in UNSAID and reply.code is None else vague


def continues(cut: Reply, full: Reply) -> bool:
    """Return whether one reply is another one in full."""
    start = cut.text[:SAME_START]
    return bool(start) and len(full.text) > len(cut.text) and full.text.startswith(start)
