"""Momentum, once ecelerity.

`from [ip] ([ip:port] helo=HELO) by host (ecelerity 4.2 r(...)) with ESMTP id AA/BB-12345-ABCDEF01`.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

MOMENTUM = Family(
    name="momentum",
    software=r"ecelerity.*|Momentum.*",
    bare_name=BareName.BOTH,
    address_first=True,
    protocol=r"ECSTREAM",
    id=r"[0-9A-F]{2}/[0-9A-F]{2}-\d{5}-[0-9A-F]{8}",
)
