"""What one Received field says: data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from headertrace.defects import Defect
from headertrace.vocabulary import NetworkReason, RdnsStatus, Span

# Attributes that the fast path leaves unset until somebody looks.
DEFERRED = frozenset(("spans", "remarks", "unread", "defects", "date", "zone_known"))

Address = IPv4Address | IPv6Address
Spans = Mapping[str, Span | tuple[Span, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """The recording server says that the client authenticated (RFC 4954)."""

    mechanism: str | None = None
    user: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The transport's encryption as the recording server states it; ``bits`` of key strength."""

    version: str | None = None
    cipher: str | None = None
    bits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Text that was understood but is no attribute of a Hop."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Text that no rule explained."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One hand-over from a client to the server that recorded it (RFC 5321, section 4.4).

    Spans count bytes in ``raw``, the field's value with its folds kept.
    """

    raw: bytes
    from_name: str | None = None
    helo: str | None = None
    rdns: str | None = None
    rdns_status: RdnsStatus = RdnsStatus.NOT_STATED
    ip: Address | None = None
    port: int | None = None
    ident: str | None = None
    by: str | None = None
    by_ip: Address | None = None
    software: str | None = None
    family: str = "generic"
    via: str | None = None
    protocol: str | None = None
    id: str | None = None
    recipients: tuple[str, ...] = ()
    envelope_from: str | None = None
    auth: Auth | None = None
    tls: Tls | None = None
    date: datetime | None = None
    zone_known: bool = False
    network: bool = False
    network_reason: NetworkReason | None = NetworkReason.UNREADABLE
    spans: Spans = field(default_factory=dict, hash=False)
    remarks: tuple[Remark, ...] = ()
    unread: tuple[Unread, ...] = ()
    defects: tuple[Defect, ...] = ()

    def __repr__(self) -> str:
        return f"<Hop from {self.helo or self.from_name!r} [{self.ip}] by {self.by!r} ({self.family})>"


class _Deferred:
    """A slot that is read from the field when it is first asked for.

    In the place of a ``__getattr__``, beside which Python looks up every other attribute ten times slower.
    """

    def __init__(self, name: str, slot: Any) -> None:
        self._name = name
        self._take = slot.__get__
        self._put = slot.__set__

    def __get__(self, hop: Hop, kind: type) -> object:
        try:
            return self._take(hop, kind)
        except AttributeError:
            # Imported here, as the reader makes Hops: the only circle, and only when somebody looks.
            from headertrace.received.read import read_deferred  # noqa: PLC0415

            return read_deferred(hop, self._name)

    def __set__(self, hop: Hop, value: object) -> None:
        self._put(hop, value)


for _name in DEFERRED:
    setattr(Hop, _name, _Deferred(_name, vars(Hop)[_name]))
