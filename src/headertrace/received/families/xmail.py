"""XMail.

`from HELO ([ip]:port) by host with [XMail 1.20 ESMTP Server] id <S72E> for <to> from <from>`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

XMAIL = Family(
    name="xmail",
    protocol=r"\[XMail.*",
    greets=False,
)
