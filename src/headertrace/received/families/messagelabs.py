"""MessageLabs (Symantec Email Security.cloud).

Qmail's form by `server-N.tower-N.messagelabs.com`, cipher before the protocol; Momentum's behind it, in which
the peer's address alone stands behind FROM.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

MESSAGELABS = Family(
    name="messagelabs",
    protocol=r".* encrypted E?SMTP",
    domains=("messagelabs.com", "messagelabs.net", "symcld.net"),
    bare_name=BareName.BOTH,
    notes_peers=True,
)
