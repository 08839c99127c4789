"""Exchange 4 to 5.5, Internet Mail Service.

`by host with Internet Mail Service (5.5.2653.19)`, without the client's address.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

EXCHANGE_IMC = Family(
    name="exchange-imc",
    software=r"5\.[05]\.\d+\.\d+|Internet Mail Service.*",
    protocol=r"Internet Mail Service",
)
