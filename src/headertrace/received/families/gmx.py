"""GMX, WEB.DE, 1&1 (IONOS).

`from HELO ([ip]) by mail.gmx.net (mrgmx104 [ip]) with ESMTPSA (Nemesis) id 0M...-1i...`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

GMX = Family(
    name="gmx",
    software=r"Nemesis",
    domains=("gmx.com", "gmx.net", "kundenserver.de", "web.de"),
    remarks=(
        ("auth", r"via https?(?=\s*+\))"),
        ("note", r"IP may be forged by CGI script"),
    ),
    id=r"0?[0-9A-Za-z]{5,6}-1[0-9A-Za-z]{5}-0[0-9A-Za-z]{5}|1[A-Z][0-9A-Za-z]{4}-1[0-9A-Za-z]{5}-[0-9A-Za-z]{6}",
    greets=False,
)
