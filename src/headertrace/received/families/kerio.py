"""Kerio Connect and MailServer: `from HELO ([ip]) by host (Kerio Connect 9.4) with ESMTPS`."""

from __future__ import annotations

from headertrace.received.families.family import Family

KERIO = Family(
    name="kerio",
    software=r"Kerio.*|WinRoute.*",
    greets=False,
)
