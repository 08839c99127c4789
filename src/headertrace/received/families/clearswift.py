"""Clearswift MAILsweeper and its ancestors: `(Content Technologies SMTPRS 4.2)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

CLEARSWIFT = Family(
    name="clearswift",
    software=r"Clearswift.*|Content Technologies.*|MAILsweeper.*",
    greets=False,
)
