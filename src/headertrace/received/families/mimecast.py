"""Mimecast.

`by relay.mimecast.com with ESMTP with STARTTLS (version=TLSv1.2, cipher=...) id uk-mta-1-...`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

MIMECAST = Family(
    name="mimecast",
    domains=("mimecast-offshore.com", "mimecast.com"),
    by=r"mimecast-mx\d+.*",
    # What a second WITH says of the session
    remarks=(("auth", r"both starttls and auth"),),
    id=r"[a-z]{2}-mta-\d+-\S+",
    greets=False,
)
