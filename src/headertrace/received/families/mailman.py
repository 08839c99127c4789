"""Mailman and other list managers handing on what they expanded."""

from __future__ import annotations

from headertrace.received.families.family import Family

MAILMAN = Family(
    name="mailman",
    software=r"Mailman.*|majordomo.*|Listserv.*|LSMTP.*|LISTSERV.*|ecartis.*|Lyris.*|SmartList.*",
    by=r"majordomo\b.*|ecartis\b.*",
    lead=r"(?:majordomo|ecartis|listserv|smartlist).*",
    remarks=(("list", r"(?:majordomo|ecartis|smartlist|listserv)(?:@[\w.-]++)?+"),),
)
