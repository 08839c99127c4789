"""Cisco (IronPort) Secure Email.

`from rdns (HELO helo) ([ip]) by host with ESMTP/TLS/CIPHER`, without an id.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

IRONPORT = Family(
    name="ironport",
    software=r"IronPort.*|C?ESA\b.*",
    protocol=r"E?SMTP/TLS/\S+",
    by=r"(?:.*\.)?iphmx\.com|esa\d+\..*",
    bare_name=BareName.BOTH,
)
