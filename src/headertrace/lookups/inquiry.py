"""Whom a run asks about, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from headertrace.facts import HopScope
from headertrace.lookups.answer import RecordType
from headertrace.lookups.askable import LONGEST_NAME, read_address
from headertrace.received.hop import Address, Hop
from headertrace.trace.addresses import is_public
from headertrace.trace.trace import Trace

NAMED = "named by the user"
# A chain may be invented at any length: it shall not decide how much is asked.
MOST_CLIENTS = MOST_NAMES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One address or domain to ask about; ``scope`` says which codes of a list speak about it."""

    subject: str
    address: Address | None
    scope: HopScope
    why: str


def inquire(subjects: Iterable[str | Address | Trace]) -> tuple[Inquiry, ...]:
    """Return one inquiry for each different address or domain, named or in a chain."""
    return _each_once(one for subject in subjects for one in _inquiries(subject))


def _inquiries(subject: str | Address | Trace) -> Iterable[Inquiry]:
    return inquire_into(subject) if isinstance(subject, Trace) else (_named(subject),)


def _named(subject: str | Address) -> Inquiry:
    address = read_address(subject)
    text = _plain(str(subject).strip())[: LONGEST_NAME + 1] if address is None else str(address)
    return Inquiry(subject=text, address=address, scope=HopScope.LAST_EXTERNAL, why=NAMED)


def inquire_into(trace: Trace) -> tuple[Inquiry, ...]:
    """Return the public clients of a chain, 50 at most: the last outside hop, then the others, newest first.

    Only the last outside hop handed the mail to us, so that lists of ranges that should not send
    mail speak about it alone.
    """
    return _each_once(_clients(trace))[:MOST_CLIENTS]


def _clients(trace: Trace) -> Iterator[Inquiry]:
    last = trace.border or _newest_public(trace)
    if last is not None:
        yield from _client(last, HopScope.LAST_EXTERNAL, "handed the message to us: the last outside hop")
    claimed = set(map(id, trace.claimed))
    for hop in reversed(trace.hops):
        told = "in the claimed part of the chain" if id(hop) in claimed else "a hop of the chain"
        yield from _client(hop, HopScope.ANY_HOP, told)
    for field in trace.originating:
        if field.ip is not None and is_public(field.ip):
            yield _inquiry(field.ip, HopScope.ANY_HOP, f"the client that {field.name} tells")


def _newest_public(trace: Trace) -> Hop | None:
    return next((hop for hop in reversed(trace.hops) if hop.network and is_public(hop.ip)), None)


def _client(hop: Hop, scope: HopScope, why: str) -> Iterator[Inquiry]:
    if hop.network and hop.ip is not None and is_public(hop.ip):
        yield _inquiry(hop.ip, scope, why)


def _inquiry(address: Address, scope: HopScope, why: str) -> Inquiry:
    return Inquiry(subject=str(address), address=address, scope=scope, why=why)


def _each_once(inquiries: Iterable[Inquiry]) -> tuple[Inquiry, ...]:
    """Return the first inquiry about each subject, or the one that asks most of the lists."""
    kept: dict[str, Inquiry] = {}
    for one in inquiries:
        first = kept.setdefault(one.subject, one)
        if first.scope is HopScope.ANY_HOP and one.scope is HopScope.LAST_EXTERNAL:
            kept[one.subject] = one
    return tuple(kept.values())


def names_in(trace: Trace) -> tuple[tuple[str, RecordType], ...]:
    """Return the names that public clients gave or were given, and the sender's domain, with what to ask."""
    names = (name for hop in trace.hops if is_public(hop.ip) for name in (hop.helo, hop.rdns) if name)
    hosts = [_plain(name) for name in islice(dict.fromkeys(names), MOST_NAMES)]
    wanted = [(name, rdtype) for name in hosts for rdtype in (RecordType.A, RecordType.AAAA)]
    sender = (trace.border.envelope_from or "") if trace.border else ""
    if "@" in sender:
        wanted.append((_plain(sender.rpartition("@")[2]), RecordType.MX))
    return tuple(dict.fromkeys(wanted))


def _plain(name: str) -> str:
    return name.rstrip(".").casefold()
