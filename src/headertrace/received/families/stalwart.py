"""Stalwart: `from HELO (rdns [ip]) by host (Stalwart SMTP) with ESMTPS id 3A...`."""

from __future__ import annotations

from headertrace.received.families.family import Family

STALWART = Family(
    name="stalwart",
    software=r"Stalwart.*",
    # The network of the client's address, where it was told to look that up
    remarks=(("network", r"AS\d{1,10}+(?: [^()]{1,100}+(?:\([^()]{1,100}+\)[^()]{1,100}+)?+)?+(?=\))"),),
)
