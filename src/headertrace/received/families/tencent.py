"""Tencent QQ and Exmail.

`from HELO (unknown [ip]) by newxmesmtplogicsvrszc1.qq.com (NewEsmtp) with SMTP id ...`, `by
smtp.qq.com (ESMTP) with SMTP id`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

TENCENT = Family(
    name="tencent",
    software=r"NewEsmtp|NewMX|ESMTP",
    domains=("qq.com",),
    greets=False,
)
