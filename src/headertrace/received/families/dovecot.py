"""Dovecot's LMTP and submission.

`by host (Dovecot) with LMTP id ...`, `by host with LMTP id ... (envelope-from ...)`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

DOVECOT = Family(
    name="dovecot",
    software=r"Dovecot.*",
    # No other server that tells an id for LMTP leaves its own name out.
    shape=r"LMTPS?A? id .*",
)
