"""IBM's outer gateways.

`with IBM ESMTP SMTP Gateway: Authorized Use Only! ...`, and `tls ... smtp.notes.na.collabserv.com`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

IBM = Family(
    name="ibm",
    protocol=r"IBM ESMTP.*|smtp\.notes\..* ESMTP",
    remarks=(("banner", r"(?:smtp )?gateway: authorized use only! violators will be prosecuted", "sm ga"),),
    greets=False,
)
