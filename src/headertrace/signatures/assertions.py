"""What servers that we trust assert about a message, as bits of ``trait``.

An assertion stands above the Received fields of the server that wrote it, so one below the border may have
come with the message: only what stands above the border's own field is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from headertrace.signatures import trait
from headertrace.signatures.fields import MAX_VALUE, Fields, field_pattern
from headertrace.signatures.mailboxes import Mailboxes, same_house
from headertrace.trace.trace import Trace

# A message that went through ten organisations has about as many; more are padding.
MAX_ASSERTIONS = 20

RESULTS = (b"authentication-results", b"arc-authentication-results")
SPF = (*RESULTS, b"received-spf")
REPORT = (b"x-forefront-antispam-report",)
FIELDS = field_pattern((*SPF, *REPORT))

DKIM_PASS = re.compile(rb"\bdkim=pass\b[^;]{0,200}?\bheader\.[di]=@?([a-z0-9.-]+)")
CLIENT = re.compile(rb"\bcip:([0-9a-f.:]+)")
GREETING = re.compile(rb";h:([^;\s]+)")
# Pattern, the fields in which it counts, and what it asserts; all in lower case.
ASSERTIONS = (
    (re.compile(rb"\bdkim=(?:fail|permerror)\b"), RESULTS, trait.DKIM_FAIL),
    (re.compile(rb"\bdmarc=pass\b"), RESULTS, trait.DMARC_PASS),
    (re.compile(rb"\bdmarc=fail\b"), RESULTS, trait.DMARC_FAIL),
    (re.compile(rb"\bspf=pass\b|^\s*pass\b"), SPF, trait.SPF_PASS),
    (re.compile(rb"\bspf=(?:soft)?fail\b|^\s*(?:soft)?fail\b"), SPF, trait.SPF_FAIL),
    (re.compile(rb"\bauth=pass\b"), RESULTS, trait.AUTH_PASS),
    (re.compile(rb"\barc=pass\b|\bcv=pass\b"), RESULTS, trait.ARC_PASS),
    (re.compile(rb";ptr:(?:infodomainnonexistent|infonorecords)?;"), REPORT, trait.NO_PTR),
)


def assertion_traits(trace: Trace, fields: Fields, boxes: Mailboxes) -> int:
    """Return what the believed assertions say."""
    bits = 0
    for name, value in believed(trace, fields):
        for pattern, names, bit in ASSERTIONS:
            if name in names and pattern.search(value):
                bits |= bit
        if name in REPORT:
            bits |= _report_traits(trace, value)
        else:
            bits |= _signer_traits(value, boxes)
    return bits


def believed(trace: Trace, fields: Fields) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and value, in lower case, of the assertions above the border's own field."""
    asserted = list(islice(fields.each(FIELDS), MAX_ASSERTIONS))
    border = trace.border if asserted else None
    limit = fields.find(border.raw) if border is not None else -1
    for found in asserted:
        if limit < 0 or found.start() < limit:
            yield found[1], found[2][:MAX_VALUE]


def _signer_traits(value: bytes, boxes: Mailboxes) -> int:
    """Return whether a signature of the writer's own house holds."""
    houses = (found[1].decode("ascii", "replace") for found in DKIM_PASS.finditer(value))
    return trait.DKIM_HOUSE if any(same_house(house, boxes.sender_domain) for house in houses) else 0


def _report_traits(trace: Trace, value: bytes) -> int:
    """Return what Microsoft's filter says of the client that no Received field says."""
    client, greeting = CLIENT.search(value), GREETING.search(value)
    bits = 0
    if client and not any(client[1] in hop.raw.lower() for hop in trace.hops):
        bits |= trait.OTHER_CLIENT
    if greeting and (b"." not in greeting[1] or greeting[1].startswith(b"[")):
        bits |= trait.BARE_GREETING
    return bits
