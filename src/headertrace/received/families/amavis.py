"""amavis: `from rdns ([ip]) by localhost (host [127.0.0.1]) (amavisd-new, port 10024) with ESMTP`."""

from __future__ import annotations

from headertrace.received.families.family import Family

AMAVIS = Family(
    name="amavis",
    software=r"amavis.*",
    remarks=(("socket", r"unix socket"),),
    greets=False,
)
