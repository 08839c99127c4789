"""Who reports: the organisation and the address that answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"\s*(?P<name>[^<>]{0,200}?)\s*<?(?P<contact>[^\s<>@]{1,64}@(?P<domain>[A-Za-z0-9.-]{3,253}))>?\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """``contact`` is a mail address that somebody reads; ``domain`` is the organisation's."""

    organisation: str
    contact: str
    domain: str


def read_reporter(text: str) -> Reporter:
    """Return the reporter written as ``Name <abuse@name.example>``; ``ValueError`` for anything else."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"no reporter: {text!r} (write: Organisation <abuse@organisation.example>)")
    domain = found["domain"].strip(".").lower()
    return Reporter(organisation=found["name"].strip('" ') or domain, contact=found["contact"], domain=domain)
