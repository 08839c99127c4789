"""Cyrus IMAP's LMTP.

`from host ([unix socket]) by host (Cyrus v2.3.8) with LMTPA`; delivery, no client of the network.
"""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

CYRUS = Family(
    name="cyrus",
    software=r"Cyrus.*",
    network={r"with LMTP.*": NetworkReason.PIPE},
    remarks=(("socket", r"\[unix socket\]|\[unix: \w{1,32}+\]"),),
)
