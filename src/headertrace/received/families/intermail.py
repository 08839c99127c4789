"""InterMail (Openwave Mx).

`from HELO ([ip]) by host (InterMail vM.8.01 ...) with ESMTP id <2024...@host>`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

INTERMAIL = Family(
    name="intermail",
    software=r"InterMail.*",
    id=r"\d{14,17}\.[A-Z]{4}\.?\d+.*@.*",
    greets=False,
)
