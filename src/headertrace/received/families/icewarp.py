"""IceWarp and its predecessors Merak and VisNetic."""

from __future__ import annotations

from headertrace.received.families.family import Family

ICEWARP = Family(
    name="icewarp",
    software=r"IceWarp.*|Merak.*|VisNetic.*",
    greets=False,
)
