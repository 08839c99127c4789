"""PowerMTA: `from HELO (ip) by host (PowerMTA(TM) v4.5) id h... ; date (envelope-from <...>)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

POWERMTA = Family(
    name="powermta",
    software=r"PowerMTA.*|PMTA.*",
    # Services hide the product, not the shape of the id.
    id=r"(?-i:h[0-9a-v]{11})",
    greets=False,
)
