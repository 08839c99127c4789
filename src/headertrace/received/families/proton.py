"""Proton: `by mail.protonmail.ch (Postfix)` outside; inner hops by `mailin*.protonmail.ch`."""

from __future__ import annotations

from headertrace.received.families.family import Family

PROTON = Family(
    name="proton",
    domains=("proton.me", "protonmail.ch"),
)
