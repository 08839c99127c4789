"""A name server whose every answer a test writes: it lies, keeps silent, and repeats itself."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rrset

Script = Callable[[bytes], Sequence[bytes]]


@dataclass
class Scripted:
    """The server's address, and every query that it got."""

    at: str
    queries: list[bytes] = field(default_factory=list)


@contextmanager
def scripted(script: Script) -> Iterator[Scripted]:
    """Answer each query on a port of 127.0.0.1 with what ``script`` makes of it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.05)
        state = Scripted(f"127.0.0.1:{server.getsockname()[1]}")
        over = threading.Event()
        worker = threading.Thread(target=_serve, args=(server, script, state, over))
        worker.start()
        try:
            yield state
        finally:
            over.set()
            worker.join()


def _serve(server: socket.socket, script: Script, state: Scripted, over: threading.Event) -> None:
    while not over.is_set():
        try:
            query, client = server.recvfrom(4096)
        except OSError:
            continue
        state.queries.append(query)
        for response in script(query):
            server.sendto(response, client)


def answer(query: bytes, *records: str, rcode: int = 0, flags: int = dns.flags.RA) -> bytes:
    """Return a response to ``query``; records are ``NAME TTL TYPE DATA``, ``@`` for the name asked."""
    response = dns.message.make_response(dns.message.from_wire(query))
    response.flags |= flags
    response.set_rcode(rcode)  # type: ignore[arg-type]
    for record in records:
        name, ttl, rdtype, data = record.split(" ", 3)
        owner = response.question[0].name if name == "@" else name
        response.answer.append(dns.rrset.from_text(owner, int(ttl), "IN", rdtype, data))
    return response.to_wire()


def silent(_: bytes) -> Sequence[bytes]:
    """Answer nothing."""
    return ()


def honest(query: bytes) -> Sequence[bytes]:
    """Answer every A question with 127.0.0.2."""
    return (answer(query, "@ 300 A 127.0.0.2"),)
