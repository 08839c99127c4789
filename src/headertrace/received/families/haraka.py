"""Haraka.

`from HELO (rdns [ip]) by host (Haraka/3.0) with ESMTPS id UUID.1 envelope-from <...>`; outgoing
mail gets `(Haraka outbound)`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

HARAKA = Family(
    name="haraka",
    software=r"Haraka.*",
    id=r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\.\d+(?:\.\d+)?",
    lead=r"Haraka outbound",
    remarks=(("haraka", r"haraka outbound"), ("failed", r"(?:nxdomain|dnserror)(?= \[)", "nx dn")),
    greets=False,
)
