"""Exchange 2007 and later, on premises and Online.

The name before the address is what the client announced; nothing is looked up.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

EXCHANGE = Family(
    name="exchange",
    protocol=r"Microsoft SMTP Server|mapi|ShadowRedundancy|Microsoft Exchange Server.*",
    domains=("exchangelabs.com", "outlook.com", "outlook.office365.com"),
    id=r"(?:8|1[45])\.\d{1,2}\.\d{1,5}\.\d{1,4}",
    greets=False,
    inside=r"https?u?",
)
