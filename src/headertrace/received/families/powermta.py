"""PowerMTA: `from HELO (ip) by host (PowerMTA(TM) v4.5) id h... ; date (envelope-from <...>)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

POWERMTA = Family(
    name="powermta",
    software=r"PowerMTA.*|PMTA.*",
)
