"""Google: `from HELO (rdns. [ip]) by mx.google.com with ESMTPS id ...`; inner hops write BY only."""

from __future__ import annotations

from headertrace.received.families.family import Family

GOOGLE = Family(
    name="google",
    # Its inner hosts live in 10/8, told as addresses of 6to4 (RFC 3056).
    domains=("gmail.com", "google.com", "googlemail.com"),
    by=r"2002:a[0-9a-f]{2}:.*",
    # letters that tell the kind of hand-over (`mr`, `csp`, `si`, `sor`), a counter, the cell
    id=r"(?:[0-9a-z]+-)?[0-9a-z]+(?:mr|csp|cs|si|sm|sor)\d+[a-z]{3}(?:\.\d+)*",
    remarks=(
        ("google-api", r"named unknown"),
        ("google-job", r"job=[\w.-]++"),
        ("count", r"num_hops = \d++(?=\))"),
    ),
    greets=False,
)
