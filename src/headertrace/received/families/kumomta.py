"""KumoMTA: `from HELO (ip) by host (KumoMTA ip) with ESMTP id ...`."""

from __future__ import annotations

from headertrace.received.families.family import Family

KUMOMTA = Family(
    name="kumomta",
    software=r"KumoMTA.*",
)
