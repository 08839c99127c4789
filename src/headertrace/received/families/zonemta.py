"""ZoneMTA and WildDuck: `by host (ZoneMTA) with API id 18...`."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

ZONEMTA = Family(
    name="zonemta",
    software=r"ZoneMTA.*|WildDuck.*",
    network={r"with API": NetworkReason.LOCAL},
)
