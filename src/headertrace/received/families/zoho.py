"""Zoho: `from HELO (rdns [ip]) by mx.zohomail.com with SMTPS id 1700000000000123.45`."""

from __future__ import annotations

from headertrace.received.families.family import Family

ZOHO = Family(
    name="zoho",
    software=r"Zoho.*",
    by=r"(?:.*\.)?zoho(?:mail)?\.(?:com|eu|in)",
)
