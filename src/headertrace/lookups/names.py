"""What the DNS says about names and about the names of addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from headertrace.facts import Iprev, ReverseFact
from headertrace.lookups.answer import Answer, Outcome, Question, RecordType
from headertrace.lookups.client import DnsClient
from headertrace.lookups.dns import ask_for, ask_for_pointer
from headertrace.received.hop import Address

# An address with hundreds of names would cost hundreds of questions (RFC 7208, section 4.6.4: ten).
MOST_NAMES = 10

Wanted = tuple[str, RecordType]


@dataclass(frozen=True, slots=True)
class Found:
    """Records by name and type, and the reasons for what has none."""

    records: dict[Wanted, tuple[str, ...]] = field(default_factory=dict)
    unanswered: dict[Wanted, str] = field(default_factory=dict)


async def look_up(client: DnsClient, wanted: Iterable[Wanted], rewriting: str | None = None) -> Found:
    """Return the records of each name; an empty tuple where there are none.

    ``rewriting`` is why an answer of the resolver cannot be believed, or None.
    """
    found = Found()
    if rewriting:
        found.unanswered.update(dict.fromkeys(wanted, rewriting))
        return found
    questions = filter(None, (_question(name, rdtype, found) for name, rdtype in dict.fromkeys(wanted)))
    async for question, answer in client.ask_all(questions):
        if answer.failed:
            found.unanswered[question.name, question.rdtype] = answer.reason or "unknown"
        else:
            found.records[question.name, question.rdtype] = answer.records
    return found


def _question(name: str, rdtype: RecordType, found: Found) -> Question | None:
    try:
        return ask_for(name, rdtype)
    except ValueError as error:
        found.unanswered[name, rdtype] = str(error)
        return None


async def reverse_names(
    client: DnsClient, addresses: Iterable[Address], rewriting: str | None = None
) -> dict[str, ReverseFact]:
    """Return the PTR names of each address and whether one of them leads back (RFC 8601, section 2.7.3)."""
    asked = {ask_for_pointer(address): str(address) for address in addresses}
    pointers = {asked[question]: answer async for question, answer in client.ask_all(asked)}
    names = dict.fromkeys(name for answer in pointers.values() for name in answer.records[:MOST_NAMES])
    wanted = [(name, rdtype) for name in names for rdtype in (RecordType.A, RecordType.AAAA)]
    forward = await look_up(client, wanted)
    return {address: _confirm(address, answer, forward, rewriting) for address, answer in pointers.items()}


def _confirm(address: str, pointer: Answer, forward: Found, rewriting: str | None) -> ReverseFact:
    if pointer.failed:
        return ReverseFact(iprev=Iprev.TEMPERROR, reason=pointer.reason)
    if pointer.outcome is not Outcome.ANSWERED:
        return ReverseFact(iprev=Iprev.PERMERROR, reason="no PTR record")
    names = pointer.records
    tried = names[:MOST_NAMES]
    if any(address in addresses_of(name, forward.records) for name in tried):
        return ReverseFact(names=names, iprev=Iprev.PASS)
    both = [(name, rdtype) for name in tried for rdtype in (RecordType.A, RecordType.AAAA)]
    failed = [forward.unanswered[wanted] for wanted in both if wanted in forward.unanswered]
    if failed or rewriting:
        return ReverseFact(names=names, iprev=Iprev.TEMPERROR, reason=rewriting or failed[0])
    return ReverseFact(names=names, iprev=Iprev.FAIL, reason="no name of it leads back to it")


def addresses_of(name: str, records: Mapping[Wanted, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the A and AAAA records of a name together."""
    return records.get((name, RecordType.A), ()) + records.get((name, RecordType.AAAA), ())
