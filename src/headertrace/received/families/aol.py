"""AOL: `from rdns (rdns [ip]) by host (vNNN) with ESMTP`, and `(mail_out_v38.r1)` for its members."""

from __future__ import annotations

from headertrace.received.families.family import Family

AOL = Family(
    name="aol",
    software=r"mail_out_v\S+|v\d{2,3}(?:[._]\S*)?|AOL.*|Outbound Mail Relay",
    domains=("aol.com",),
)
