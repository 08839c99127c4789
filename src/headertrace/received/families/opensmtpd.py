"""OpenSMTPD.

`from HELO (rdns [ip]) by host (OpenSMTPD) with ESMTPS id ab12cd34 (TLSv1.3:...:256:NO)`;
`<unknown>` where the name failed.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

OPENSMTPD = Family(
    name="opensmtpd",
    software=r"OpenSMTPD.*",
    remarks=(
        ("socket", r"\[local\]", "["),
        ("tls-detail", r":(?:NO|YES)(?=\s*+\))", ":"),
    ),
    greets=False,
)
