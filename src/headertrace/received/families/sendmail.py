"""Sendmail and its vendors' builds.

`from HELO (rdns [ip]) by host (8.15.2/8.15.2) with ESMTP id u8PDq1Zk012345`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

SENDMAIL = Family(
    name="sendmail",
    software=(
        r"sendmail\b.*|(?:8|5|4)\.\d{1,2}(?:[./+_-].*)?|[VR]\d/cf|AIX[\d.]+/.*|SGI-[\d.]+/.*|"
        r"\d[\d.]*\w*/\d[\d.]*\w*(?:[/ ].*)?"
    ),
    id=r"[a-zA-Z0-9]{3,4}[A-Z][a-zA-Z0-9]{3}\d{5,6}|[A-Z]{3}\d{5}",
)
