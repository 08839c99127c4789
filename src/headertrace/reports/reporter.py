"""Who reports: the organisation and the address that answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headertrace.reports.domain_names import read_domain_name

# What stands in a header must not end its line; a local part is an atom (RFC 5322, section 3.2.3).
_NAME = r"[^<>\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{0,200}?"
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_FORM = re.compile(rf"\s*(?P<name>{_NAME})\s*<?(?P<contact>{_LOCAL}@(?P<domain>[^\s<>@]{{3,255}}))>?\s*")


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
    domain = read_domain_name(found["domain"])
    return Reporter(organisation=found["name"].strip('" ') or domain, contact=found["contact"], domain=domain)
