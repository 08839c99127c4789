"""Cisco (IronPort) Secure Email.

`from rdns (HELO helo) ([ip]) by host with ESMTP/TLS/CIPHER`, without an id.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

IRONPORT = Family(
    name="ironport",
    software=r"IronPort.*|C?ESA\b.*",
    protocol=r"(?:UTF8|E)?SMTP/TLS/\S+",
    domains=("iphmx.com",),
    by=r"esa\d+\..*",
    # Its date has no day of the week, but a zone; it gives no id.
    shape=r"E?SMTPA? - [+-](?!0000)\d{4} \] noday",
    bare_name=BareName.BOTH,
)
