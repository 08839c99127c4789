"""Symantec Messaging Gateway, Brightmail, NAVGW."""

from __future__ import annotations

from headertrace.received.families.family import Family

SYMANTEC = Family(
    name="symantec",
    software=r"Symantec.*|SAVSMTP.*|SMSSMTP.*|NAVGW.*|Brightmail.*",
    id=r"(?-i:[0-9A-F]{2}\.[0-9A-F]{2}\.\d{5}\.[0-9A-F]{8})",
    greets=False,
)
