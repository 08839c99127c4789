"""The numbers of a possible case become a case, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from headertrace.cases.account import weigh_account
from headertrace.cases.crowd import weigh_crowd
from headertrace.cases.engine import Row
from headertrace.cases.gateway import weigh_gateway
from headertrace.cases.joined import weigh_address, weigh_fingerprint, weigh_mailbox, weigh_subject
from headertrace.cases.relay import weigh_open
from headertrace.cases.weighing import LIKELY, POSSIBLE, Weighing, comes_by_another_hand

# The kinds of members.sql. What else comes from the address, or into the server, matters to the first two.
NEIGHBOURED: dict[str, Callable[[Row, Row], Weighing | None]] = {
    "gateway": weigh_gateway,
    "open": weigh_open,
}
ALONE: dict[str, Callable[[Row], Weighing | None]] = {
    "account": weigh_account,
    "crowd": weigh_crowd,
    "fingerprint": weigh_fingerprint,
    "address": weigh_address,
    "mailbox": weigh_mailbox,
    "subject": weigh_subject,
}
# Those that accuse the machine from which the messages came.
OF_ONE_RELAY = {*NEIGHBOURED, "account", "crowd"}
INVENTED = "the machine that let the messages out bears another house's name: the way to it may be invented"


def weigh(case: Row, around: Row | None) -> Weighing | None:
    """Return how sure a possible case is, or None where the numbers make no case.

    ``around`` counts the other mail that comes from the same inner address, or into the same server.
    """
    kind = case["kind"]
    found = ALONE[kind](case) if around is None else NEIGHBOURED[kind](case, around)
    if found is None or kind not in OF_ONE_RELAY or not comes_by_another_hand(case):
        return found
    return replace(
        found,
        confidence=min(found.confidence, LIKELY if kind == "account" else POSSIBLE),
        reasons=tuple(reason for reason in found.reasons if reason != found.proof),
        proof=None,
        confounders=(INVENTED, *found.confounders),
    )
