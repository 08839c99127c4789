"""Mercury/32.

`from HELO (ip) by host (Mercury/32 v4.01a) with ESMTP ID MG0072A1`; its spooler hands over without
an address.
"""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

MERCURY = Family(
    name="mercury",
    software=r"Mercury.*",
    network={r"from Spool(?:er|dir)": NetworkReason.QUEUE},
    greets=False,
)
