"""Mailman and other list managers handing on what they expanded."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

MAILMAN = Family(
    name="mailman",
    software=r"Mailman.*|majordomo.*|Listserv.*|LSMTP.*|LISTSERV.*|ecartis.*|Lyris.*|SmartList.*",
    by=r"majordomo\b.*|ecartis\b.*",
    protocol=r"ecartis",
    lead=r"(?:majordomo|ecartis|listserv|smartlist).*",
    network={r"with (?:ecartis|spool)": NetworkReason.LIST_EXPANSION},
    remarks=(("list", r"(?:majordomo|ecartis|smartlist|listserv)(?:@[\w.-]++)?+(?!\s*+\[)(?=[\s)]|\Z)"),),
)
