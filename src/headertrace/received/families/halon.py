"""Halon: `by host (Halon) with ESMTPS id uuid`."""

from __future__ import annotations

from headertrace.received.families.family import Family

HALON = Family(
    name="halon",
    software=r"Halon.*",
    greets=False,
)
