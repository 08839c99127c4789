"""CommuniGate Pro.

`from [ip] (HELO helo) by host (CommuniGate Pro SMTP 6.1) with ESMTP id 123`; `verified` where the
name leads to the address.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

COMMUNIGATE = Family(
    name="communigate",
    software=r"CommuniGate.*|Stalker.*",
    address_first=True,
)
