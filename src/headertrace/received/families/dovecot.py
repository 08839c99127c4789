"""Dovecot's LMTP and submission.

`by host (Dovecot) with LMTP id ...`, `by host with LMTP id ... (envelope-from ...)`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

DOVECOT = Family(
    name="dovecot",
    software=r"Dovecot.*",
    # 128 bits in base64, whose highest octets of the process number are nought
    id=r"(?-i:[A-Za-z0-9+/]{15}A[A-Za-z0-9+/]{5}[AQgw])",
    # No other server that tells an id for LMTP leaves its own name out.
    shape=r"LMTPS?A? id .*",
    greets=False,
)
