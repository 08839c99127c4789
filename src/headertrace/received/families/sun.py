"""Sun, iPlanet, Netscape and Oracle messaging servers.

`by host (Oracle Communications Messaging Server 7.0.5 ...) with ESMTPS id <0...@host>`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

SUN = Family(
    name="sun",
    software=(
        r"iPlanet.*|Sun (?:Java|ONE|Internet).*|Oracle (?:Communications|Beehive).*"
        r"|Netscape.*|PMDF.*"
    ),
    # Where BY is lost, its name stands behind the client.
    remarks=(
        (
            "software",
            r"Oracle Communications Messaging Server (?:[^()]{1,80}+(?:\([^()]{0,60}+\))?+){1,3}+",
        ),
        # Its webmail repeats what a proxy in front of it said.
        ("forwarded-for", r"forwarded-for: [^()]{1,200}+"),
        ("envelope", r"original mail from [^\s()]{1,255}+"),
    ),
    greets=False,
    tells_clients=True,
    # Its channels hand on to each other, under their hosts' names or alone.
    network={r"from (?:conversion|process|reprocess|defragment|hold)-daemon": NetworkReason.QUEUE},
)
# Its webmail daemon, whose clients are browsers
SUN_WEBMAIL = Family(name="sun", software=r"mshttpd", greets=False, notes_peers=True)
