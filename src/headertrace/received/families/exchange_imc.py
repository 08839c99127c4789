"""Exchange 4 to 5.5, Internet Mail Service.

`by host with Internet Mail Service (5.5.2653.19)`; its SMTP side tells the client like sendmail.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

EXCHANGE_IMC = Family(
    name="exchange-imc",
    software=(
        r"5\.[05]\.\d{4}\.\d+|Internet Mail Service.*"
        r"|Microsoft Exchange .*Internet Mail (?:Service|Connector).*"
    ),
    protocol=r"Internet Mail Service",
    greets=False,
)
