"""Domain names that a user gives, to be written into zones and reports."""

from __future__ import annotations

import re

# RFC 1035, section 2.3.4: 255 bytes on the wire, two less as text.
LONGEST_NAME = 253
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
# RFC 1035, section 2.3.1, with the underscore that names of services have.
_DOMAIN_NAME = re.compile(rf"(?:{_LABEL}\.)*+{_LABEL}")


def read_domain_name(text: str) -> str:
    """Return the name in small letters and without the last dot; ``ValueError`` for what is none."""
    name = text.removesuffix(".").lower()
    if len(name) > LONGEST_NAME or not _DOMAIN_NAME.fullmatch(name):
        raise ValueError(f"no domain name: {text!r}")
    return name
