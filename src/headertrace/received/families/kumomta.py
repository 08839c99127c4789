"""KumoMTA: `from HELO (ip) by host (KumoMTA ip) with ESMTP id ...`."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.received.grammar import IPV4, IPV6

KUMOMTA = Family(
    name="kumomta",
    software=r"KumoMTA.*",
    # It tells its own address behind its name.
    remarks=(("software", rf"KumoMTA (?P<address>{IPV4}|{IPV6})", "k"),),
)
