"""qpsmtpd: `from rdns (HELO helo) (ip) by host (qpsmtpd/0.94) with ESMTP`."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

QPSMTPD = Family(
    name="qpsmtpd",
    software=r"qpsmtpd/\S+|qp \d+",
    bare_name=BareName.BOTH,
)
