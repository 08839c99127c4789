"""IIS and Exchange 2000/2003 SMTP service.

`from HELO ([ip]) by host with Microsoft SMTPSVC(6.0.3790.4675)`; says `RDNS failed` or
`unverified`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

SMTPSVC = Family(
    name="smtpsvc",
    software=r"Microsoft SMTPSVC.*|InetSMTPSVC.*",
    protocol=r"Microsoft SMTPSVC(?:\(.*\))?",
    greets=False,
)
