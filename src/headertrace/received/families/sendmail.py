"""Sendmail and its vendors' builds.

`from HELO (rdns [ip]) by host (8.15.2/8.15.2) with ESMTP id u8PDq1Zk012345`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

SENDMAIL = Family(
    name="sendmail",
    software=(
        r"sendmail\b.*|[458]\.(?:\d{1,2}|x)(?:[./+_-].*)?|[VR]\d/cf"
        # vendors' builds; the program's version and its configuration's
        r"|AIX ?[\d.]+/.*|(?:Switch|SGI|SMI|Pro)-[\d.]+/.*|Sentrion-.*|Build \d+ [\d.]+/.*"
        r"|\d[\w.]*/\d[\w.]*(?:[/ ].*)?"
    ),
    id=r"(?-i:[a-zA-Z0-9]{3,4}[A-Z][a-zA-Z0-9]{3}\d{5,6})",
    greets=False,
)
