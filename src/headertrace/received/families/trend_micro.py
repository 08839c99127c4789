"""Trend Micro InterScan (IMSVA, VirusWall) and Email Security."""

from __future__ import annotations

from headertrace.received.families.family import Family

TREND_MICRO = Family(
    name="trend-micro",
    software=r"InterScan.*|Trend ?Micro.*|TREND IMSS.*|IMSS.*|IMSVA.*|TMEMS.*",
    protocol=r"InterScan.*",
    by=r"IMSVA|(?:.*\.)?(?:in|out)\.tmes(?:-?\w*)?\.trendmicro\.(?:com|eu)",
)
