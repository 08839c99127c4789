"""Coremail (NetEase, Chinese universities).

`from HELO (unknown [ip]) by host (Coremail) with SMTP id AQAAf...--.22656S3`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

COREMAIL = Family(
    name="coremail",
    software=r"Coremail.*",
    id=r"[\w-]{8,}--\.\d+S\d+",
    greets=False,
    # Its webmail writes `from ann$example.net ( [192.0.2.1] ) by ajax-webmail-host`.
    account=r"[^$@]+\$[\w.-]+",
)
