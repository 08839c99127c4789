"""Cyrus IMAP's LMTP.

`from host ([unix socket]) by host (Cyrus v2.3.8) with LMTPA`: delivery, no client of the network; with an
address in the place of the socket it is one.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

CYRUS = Family(
    name="cyrus",
    software=r"Cyrus.*",
    remarks=(("socket", r"\[unix socket\]|\[?+\[unix: \w{1,32}+\]\]?+", "["),),
)
