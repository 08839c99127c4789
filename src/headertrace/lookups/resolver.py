"""Which resolver is asked: its address and port."""

from __future__ import annotations

import socket
from dataclasses import dataclass

DNS_PORT = 53


@dataclass(frozen=True, slots=True)
class Resolver:
    """One resolver, as an address that a socket takes."""

    host: str
    port: int = DNS_PORT

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_resolver(text: str) -> Resolver:
    """Return the resolver of ``HOST``, ``HOST:PORT`` or ``[IPv6]:PORT``; anything else is a ValueError."""
    host, port = _split_port(text.strip())
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f"no port of a resolver: {text!r}")
    try:
        found = socket.getaddrinfo(host, int(port), type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise ValueError(f"no resolver: {text!r}") from error
    return Resolver(str(found[0][4][0]), int(port))


def _split_port(text: str) -> tuple[str, str]:
    if text.startswith("[") and "]" in text:
        host, _, rest = text[1:].partition("]")
        return host, rest.removeprefix(":") or str(DNS_PORT)
    if text.count(":") == 1:
        host, _, port = text.partition(":")
        return host, port
    return text, str(DNS_PORT)
