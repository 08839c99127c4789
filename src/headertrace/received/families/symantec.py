"""Symantec Messaging Gateway, Brightmail, NAVGW."""

from __future__ import annotations

from headertrace.received.families.family import Family

SYMANTEC = Family(
    name="symantec",
    software=r"Symantec.*|NAVGW.*|Brightmail.*",
    remarks=(("brightmail", r"symantec (?:messaging gateway|brightmail gateway|mail security)"),),
)
