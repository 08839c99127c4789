"""MDaemon: `by host (MDaemon PRO v9.0.1) with ESMTP id md50000050056.msg`."""

from __future__ import annotations

from headertrace.received.families.family import Family

MDAEMON = Family(
    name="mdaemon",
    software=r"MDaemon.*",
    protocol=r"WorldClient.*",
    id=r"md5\w+\.msg",
    greets=False,
)
