"""Postfix, also under the name that mailcow gives it.

`from HELO (rdns [ip]) by host (Postfix) with ESMTP id A1B2C3`; `unknown` where the name failed.
"""

from __future__ import annotations

from headertrace.received.families.family import Family

POSTFIX = Family(
    name="postfix",
    software=r"(?:postfix|postcow)\b.*|.*\(postfix\)",
    greets=False,
)
