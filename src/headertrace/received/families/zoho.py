"""Zoho: `from HELO (rdns [ip]) by mx.zohomail.com with SMTPS id 1700000000000123.45`."""

from __future__ import annotations

from headertrace.received.families.family import Family

ZOHO = Family(
    name="zoho",
    software=r"Zoho.*",
    domains=("zoho.com", "zoho.eu", "zoho.in", "zohomail.com", "zohomail.eu", "zohomail.in"),
)
