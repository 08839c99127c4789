"""The numbers of a possible case become a case, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from headertrace.cases.engine import Row
from headertrace.cases.gateway import weigh_gateway
from headertrace.cases.joined import weigh_address, weigh_fingerprint, weigh_mailbox, weigh_subject
from headertrace.cases.relay import weigh_account, weigh_open
from headertrace.cases.weighing import Weighing

# The kinds of members.sql. What else happens at a relay matters only to the first two.
WEIGHERS: dict[str, Callable[[Row, Row | None], Weighing | None]] = {
    "gateway": weigh_gateway,
    "open": weigh_open,
    "account": weigh_account,
    "fingerprint": weigh_fingerprint,
    "address": weigh_address,
    "mailbox": weigh_mailbox,
    "subject": weigh_subject,
}


def weigh(case: Row, around: Row | None = None) -> Weighing | None:
    """Return how sure a possible case is, or None where the numbers make no case.

    ``around`` counts the other mail that comes from the same inner address, or into the same server.
    """
    return WEIGHERS[case["kind"]](case, around)
