"""Mailgun.

`by <hash> with SMTP id ... (version=TLS1.2, cipher=...)`; its API hops say `by luna.mailgun.net
with HTTP`.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

MAILGUN = Family(
    name="mailgun",
    protocol=r"mailgun.*",
    domains=("mailgun.co", "mailgun.net", "mailgun.org", "postgun.com"),
    greets=False,
)
