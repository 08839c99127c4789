"""Barracuda: Postfix's form with a Barracuda name; its own hop says `(Spam Firewall)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

BARRACUDA = Family(
    name="barracuda",
    software=r"Spam (?:&amp; Virus )?(?:Firewall|& Virus Firewall).*|Barracuda.*",
    domains=("barracudanetworks.com", "cudaops.com", "cudasvc.com", "ess.barracuda.com"),
    by=r"barracuda\..*",
)
