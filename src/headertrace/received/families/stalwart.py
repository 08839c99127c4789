"""Stalwart: `from HELO (rdns [ip]) by host (Stalwart SMTP) with ESMTPS id 3A...`."""

from __future__ import annotations

from headertrace.received.families.family import Family

STALWART = Family(
    name="stalwart",
    software=r"Stalwart.*",
)
