"""Sun, iPlanet, Netscape and Oracle messaging servers.

`by host (Oracle Communications Messaging Server 7.0.5 ...) with ESMTPS id <0...@host>`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

SUN = Family(
    name="sun",
    software=r"iPlanet.*|Sun (?:Java|ONE|Internet).*|Oracle (?:Communications|Beehive).*|Netscape.*|PMDF.*",
    # Where BY is lost, its name stands behind the client.
    remarks=(("software", r"Oracle Communications Messaging Server [^()]{1,80}+(?:\([^()]{0,40}+\))?+"),),
    greets=False,
)
