"""Fastmail: Postfix's form, inner hops by `(MEProxy)` and `*.internal`."""

from __future__ import annotations

from headertrace.received.families.family import Family

FASTMAIL = Family(
    name="fastmail",
    software=r"MEProxy",
    domains=("messagingengine.com", "nyi.internal", "phl.internal"),
    greets=False,
)
