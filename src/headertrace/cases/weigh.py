"""The numbers of a possible case become a case, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from headertrace.cases.account import weigh_account
from headertrace.cases.crowd import weigh_crowd
from headertrace.cases.engine import Row
from headertrace.cases.gateway import weigh_gateway
from headertrace.cases.joined import weigh_address, weigh_fingerprint, weigh_mailbox, weigh_subject
from headertrace.cases.relay import weigh_open
from headertrace.cases.weighing import Weighing

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


def weigh(case: Row, around: Row | None) -> Weighing | None:
    """Return how sure a possible case is, or None where the numbers make no case.

    ``around`` counts the other mail that comes from the same inner address, or into the same server.
    """
    kind = case["kind"]
    return ALONE[kind](case) if around is None else NEIGHBOURED[kind](case, around)
