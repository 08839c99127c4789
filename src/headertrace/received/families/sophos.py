"""Sophos Email, PureMessage and UTM."""

from __future__ import annotations

from headertrace.received.families.family import Family

SOPHOS = Family(
    name="sophos",
    software=r"Sophos.*|PureMessage.*|PMX.*|ASG.*",
    domains=("sophos.com",),
    greets=False,
)
