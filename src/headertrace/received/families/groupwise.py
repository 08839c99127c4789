"""Novell (Micro Focus) GroupWise: `by host with Novell_GroupWise`."""

from __future__ import annotations

from headertrace.received.families.family import Family

GROUPWISE = Family(
    name="groupwise",
    software=r"GroupWise.*|Novell.*",
    protocol=r"Novell_GroupWise.*|NOVELL(?! NIMS).*",
)
