"""MailEnable: `from HELO ([ip]) by host with MailEnable ESMTP(SA)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

MAILENABLE = Family(
    name="mailenable",
    software=r"MailEnable.*",
    protocol=r"MailEnable.*",
    greets=False,
)
