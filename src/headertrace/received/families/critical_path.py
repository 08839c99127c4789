"""Critical Path.

`from rdns (ip) by host (7.0.030.2) (authenticated as user) id 4AFF...`; the version looks like an
address.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

CRITICAL_PATH = Family(
    name="critical-path",
    software=r"\d\.\d\.\d{3}(?:\.\d+)*",
    bare_name=BareName.BOTH,
)
