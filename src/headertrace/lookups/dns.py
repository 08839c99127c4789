"""What dnspython does for the lookups: names, every answer that is not plain, TCP, the system's resolvers.

It is the only module that imports dnspython, and only when a lookup is made.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from os import urandom
from typing import TYPE_CHECKING, Any, cast

from headertrace.lookups import wire
from headertrace.lookups.answer import TYPE_NUMBERS, Answer, Outcome, Question, RecordType, failure

if TYPE_CHECKING:
    from dns.message import Message, QueryMessage
    from dns.name import Name
    from dns.rrset import RRset


def name_to_wire(name: str) -> bytes:
    """Return a domain name in wire form, IDNA encoded; a text that is no name is a ValueError."""
    from dns.exception import DNSException  # noqa: PLC0415  (slow: see the module's first line)
    from dns.name import from_text  # noqa: PLC0415

    try:
        return from_text(name).to_wire() or b""
    except (DNSException, UnicodeError, ValueError) as error:
        raise ValueError(f"no domain name: {name[:80]!r}") from error


def ask_for(name: str, rdtype: RecordType) -> Question:
    """Return the question for a name's records; a text that is no name is a ValueError."""
    return Question(name, rdtype, wire.question_bytes(name_to_wire(name), TYPE_NUMBERS[rdtype]))


def ask_for_pointer(address: IPv4Address | IPv6Address) -> Question:
    """Return the question for an address's PTR records (RFC 1035, section 3.5; RFC 3596)."""
    return ask_for(address.reverse_pointer, RecordType.PTR)


def system_resolvers() -> tuple[str, ...]:
    """Return the resolvers that this machine is configured with; empty where it has none."""
    from dns.exception import DNSException  # noqa: PLC0415
    from dns.resolver import Resolver  # noqa: PLC0415

    try:
        return tuple(str(server) for server in Resolver().nameservers)
    except (DNSException, OSError):
        return ()


def read_answer(response: bytes, question: Question, resolver: str) -> Answer | None:
    """Return the answer in a response that echoes ``question``; None where it was truncated."""
    _, flags, _, answers, authorities, _ = wire.HEADER.unpack_from(response)
    if flags & wire.TRUNCATED:
        return None
    rcode = flags & wire.RCODE
    if rcode not in (wire.NOERROR, wire.NXDOMAIN):
        return failure(_rcode_words(rcode), resolver)
    after = wire.HEADER.size + len(question.wire)
    if not answers:
        return _nothing(response, flags, after if authorities else None, resolver)
    if question.rdtype is RecordType.A and rcode == wire.NOERROR:
        plain = wire.plain_addresses(response, after, answers)
        if plain is not None:
            return Answer(Outcome.ANSWERED, plain[0], plain[1], resolver)
    return _read_fully(response, question, resolver)


def _nothing(response: bytes, flags: int, authority: int | None, resolver: str) -> Answer:
    """Return 'no such name' or 'no such records', unless the server only points to others."""
    if not flags & (wire.AUTHORITATIVE | wire.RECURSIVE):
        return failure("the server neither holds the zone nor asks others", resolver)
    ttl = None if authority is None else wire.negative_ttl(response, authority)
    missing = flags & wire.RCODE == wire.NXDOMAIN
    return Answer(Outcome.NO_NAME if missing else Outcome.NO_DATA, ttl=ttl, resolver=resolver)


def _rcode_words(rcode: int) -> str:
    from dns.rcode import Rcode, to_text  # noqa: PLC0415

    return f"the resolver answered {to_text(Rcode(rcode))}"


def _read_fully(response: bytes, question: Question, resolver: str) -> Answer:
    from dns.exception import DNSException  # noqa: PLC0415
    from dns.message import from_wire  # noqa: PLC0415

    try:
        return _read_message(from_wire(response, ignore_trailing=True), resolver)
    except (DNSException, ValueError) as error:
        return failure(f"the answer cannot be read: {type(error).__name__}", resolver)


def _read_message(message: Message, resolver: str) -> Answer:
    """Return the answer at the end of the message's chain of aliases."""
    if message.rcode() not in (wire.NOERROR, wire.NXDOMAIN):
        return failure(_rcode_words(message.rcode()), resolver)
    chain = cast("QueryMessage", message).resolve_chaining()
    if chain.answer is not None:
        return Answer(Outcome.ANSWERED, _texts(chain.answer), chain.minimum_ttl, resolver)
    if message.answer and not chain.cnames:
        return failure("the answer is about another name", resolver)
    if chain.cnames and not message.authority:
        # An alias to a name without records comes with the SOA that says so (RFC 2308, section 2.2).
        return failure("the resolver did not follow an alias", resolver)
    missing = message.rcode() == wire.NXDOMAIN
    return Answer(Outcome.NO_NAME if missing else Outcome.NO_DATA, (), chain.minimum_ttl, resolver)


def _texts(records: RRset) -> tuple[str, ...]:
    """Return the records as text in an order that does not change from one answer to the next."""
    mail = records.rdtype == TYPE_NUMBERS[RecordType.MX]
    ordered = sorted(records, key=lambda record: (record.preference if mail else 0, record.to_text()))
    return tuple(_text(record) for record in ordered)


def _text(record: Any) -> str:
    """Return an address, a name without its last dot, or the joined strings of a TXT record."""
    if hasattr(record, "strings"):
        return b"".join(record.strings).decode("utf-8", "backslashreplace")
    if hasattr(record, "exchange"):
        return _name_text(record.exchange)
    return _name_text(record.target) if hasattr(record, "target") else str(record.to_text())


def _name_text(name: Name) -> str:
    return name.to_text(omit_final_dot=True) or "."


async def ask_over_tcp(question: Question, host: str, port: int, timeout: float, resolver: str) -> Answer:
    """Return the answer over TCP (RFC 7766), for one that UDP truncated; ``timeout`` in seconds."""
    from dns.asyncquery import tcp  # noqa: PLC0415
    from dns.message import from_wire  # noqa: PLC0415

    query = from_wire(urandom(2) + wire.query_bytes(question.wire))
    try:
        response = await tcp(query, host, timeout=timeout, port=port, ignore_trailing=True)
        return _read_message(response, resolver)
    except Exception as error:  # whatever it is: a question without an answer would hang the run
        return failure(f"no answer over TCP: {type(error).__name__}", resolver)
