"""IBM (Lotus, HCL) Domino.

`from HELO ([ip]) by host (Lotus Domino Release 9.0.1) with ESMTP id 2024010203040500-12`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

DOMINO = Family(
    name="domino",
    software=r"(?:Lotus|IBM|HCL) Domino.*|Lotus SMTP MTA.*",
    protocol=r".*\bLotus\b.*",
    id=r"20\d{12,14}-\d+",
    greets=False,
)
