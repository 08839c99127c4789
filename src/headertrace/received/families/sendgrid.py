"""SendGrid.

`by ismtpd0001 (SG) with ESMTP id X 2024-01-02 03:04:05.6 +0000 UTC`, without a semicolon.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

SENDGRID = Family(
    name="sendgrid",
    software=r"SG",
    domains=("sendgrid.net",),
    by=r"(?:geopod-)?ismtpd[\w-]*|recvd-[\w-]+|filterdrecv-[\w-]+|filter\d+\w*",
    greets=False,
)
