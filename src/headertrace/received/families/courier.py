"""Courier.

`from HELO (rdns [::ffff:ip]) by host with ESMTP id 00000000000568FF.000000006B01C5EC.00002BC9`;
`softdnserr` where DNS failed.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

COURIER = Family(
    name="courier",
    software=r"courier.*",
    id=r"[0-9A-F]{16}\.[0-9A-F]{16}\.[0-9A-F]{8}|[0-9A-F]{8}\.[0-9A-F]{8}\.[0-9A-F]{8}",
    # A bounce that it makes itself tells the standard in place of a client.
    remarks=(("standard", r"ftp://[^\s()]++"),),
    greets=False,
)
