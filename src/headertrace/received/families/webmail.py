"""Webmail programs: `from IP (SquirrelMail authenticated user x) by host with HTTP`."""

from __future__ import annotations

from headertrace.received.families.family import Family

WEBMAIL = Family(
    name="webmail",
    software=r"SquirrelMail.*|NaSMail.*|Horde.*|IMP(?![a-z]).*|Roundcube.*|TWIG.*|Mail",
    # Programs that name themselves nowhere: the browser's address, HTTP and no id.
    shape=r"HTTPS? - .{5} .",
    remarks=(
        # Roundcube's, the protocol before it until 2010
        ("http-request", r"http/[\d.]++ (?:post|get|put)|post(?=\))", "ht po"),
        ("proxied", r"proxying for [^\s()]++"),
    ),
)
