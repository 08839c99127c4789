"""Zimbra: Postfix's form; its LMTP hop carries a Zimbra name."""

from __future__ import annotations

from headertrace.received.families.family import Family

ZIMBRA = Family(
    name="zimbra",
    software=r"Zimbra.*",
    protocol=r"LMTP.*zimbra.*",
    # Its store looks the address up, writes it without brackets and gives no id.
    shape=r"LMTP - .{5} \)",
)
