"""Webmail programs: `from IP (SquirrelMail authenticated user x) by host with HTTP`."""

from __future__ import annotations

from headertrace.received.families.family import Family

WEBMAIL = Family(
    name="webmail",
    software=r"SquirrelMail.*|NaSMail.*|Horde.*|IMP.*|Roundcube.*|TWIG.*|Mail",
)
