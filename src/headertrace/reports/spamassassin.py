"""The four relay strings that SpamAssassin makes of a message, for rules and pipelines that read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from headertrace.received.hop import Hop
from headertrace.trace.trace import Trace

# What SpamAssassin prints as `!`, so that a value cannot end its relay or begin another.
UNSAFE = re.compile(r"[\s\x00#\[\]()<>|]")
ZONE_ID = re.compile(r"%.*", re.S)
TAG = re.compile(r"ipv6:", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayStrings:
    """The values of ``X-Spam-Relays-Trusted``, ``-Untrusted``, ``-Internal`` and ``-External``."""

    trusted: str
    untrusted: str
    internal: str
    external: str


def relay_strings(trace: Trace) -> RelayStrings:
    """Return the four strings in SpamAssassin 4's format, newest relay first (Mail::SpamAssassin::Conf)."""
    inside = {id(hop) for hop in trace.internal}

    def string(view: Iterable[Hop]) -> str:
        return " ".join(relay_string(hop, internal=id(hop) in inside) for hop in reversed(tuple(view)))

    return RelayStrings(
        trusted=string(trace.trusted),
        untrusted=string(trace.untrusted),
        internal=string(trace.internal),
        external=string(trace.external),
    )


def relay_string(hop: Hop, *, internal: bool = False, submission: bool = False) -> str:
    """Return one relay in brackets; ``intl`` and ``msa`` are 1 for an internal and a submission server."""
    parts = {
        "ip": str(hop.ip),
        "rdns": (hop.rdns or "").rstrip("."),
        "helo": hop.helo,
        "by": hop.by,
        "ident": hop.ident,
        "envfrom": hop.envelope_from,
        "intl": str(int(internal)),
        "id": hop.id,
        "auth": _auth(hop),
        "msa": str(int(submission)),
    }
    return f"[ {' '.join(f'{name}={_safe(value)}' for name, value in parts.items())} ]"


def _safe(value: str | None) -> str:
    return UNSAFE.sub("!", value or "")


def _auth(hop: Hop) -> str | None:
    return (hop.auth.mechanism or hop.protocol) if hop.auth else None
