"""Google: `from HELO (rdns. [ip]) by mx.google.com with ESMTPS id ...`; inner hops write BY only."""

from __future__ import annotations

from headertrace.received.families.family import Family

GOOGLE = Family(
    name="google",
    by=r"(?:.*\.)?(?:google|googlemail|gmail)\.com",
    id=r"[a-z0-9]{8,20}\.\d{1,3}\.20\d\d(?:\.\d\d){5}|[0-9a-z]{10,16}-[0-9a-z]{8,14}(?:mr|si|sor|ad|ts|fac|fa|otk)\d+\w*\.\d+",
    remarks=(("google-api", r"named unknown"),),
)
