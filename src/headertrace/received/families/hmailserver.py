"""hMailServer.

`from HELO ([ip]) by host with ESMTPA` or `(hMailServer)`; hides nothing but the login in older
builds.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

HMAILSERVER = Family(
    name="hmailserver",
    software=r"hMailServer.*",
    protocol=r"hMailServer.*",
    greets=False,
)
