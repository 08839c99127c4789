"""One Received value becomes a Hop."""

from __future__ import annotations

from headertrace.received.hop import Hop


def read_hop(value: bytes | str) -> Hop:
    """Return what one Received field says; whatever it holds, a Hop comes back."""
    raw = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)
    return Hop(raw=raw)
