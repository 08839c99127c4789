"""KumoMTA: `from HELO (ip) by host (KumoMTA ip) with ESMTP id ...`."""

from __future__ import annotations

from headertrace.received.families.family import Family

KUMOMTA = Family(
    name="kumomta",
    software=r"KumoMTA.*",
    # It tells its own address behind its name.
    remarks=(("software", r"KumoMTA (?P<address>[\da-f.:]{2,39}+)"),),
    greets=False,
)
