"""Hypothesis strategies: fields as servers write them, with what they say, and fields gone wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_network

from hypothesis import strategies as st

from headertrace.received.hop import Address

from .cases import load_cases

_LABEL = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
# Keywords of the grammar must stay names where they are labels; other scripts are names too (RFC 6531).
_WORDS = st.sampled_from(
    ("voilà", "例え", "from", "by", "via", "with", "id", "for", "helo", "unknown-1", "mail", "mx")
)
HOSTS = st.builds(lambda *labels: ".".join(labels) + ".example", _LABEL | _WORDS, _LABEL | _WORDS)
IPV4 = st.ip_addresses(v=4, network=ip_network("192.0.2.0/24"))
IPV6 = st.ip_addresses(v=6, network=ip_network("2001:db8::/32"))
MAILBOXES = st.builds("{}@{}".format, st.from_regex(r"[a-z][a-z0-9.+=-]{0,20}", fullmatch=True), HOSTS)
IDS = st.from_regex(r"[0-9A-F]{8,12}", fullmatch=True)
DATES = st.datetimes(datetime(1982, 8, 13), datetime(2099, 1, 1)).map("{:%a, %d %b %Y %H:%M:%S}".format)
ZONES = st.sampled_from(("+0000", "-0500", "+0530", "+0100 (CET)", "-0800 (PST)"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a server knows when it writes a field."""

    helo: str
    rdns: str | None
    ip: Address
    by: str
    id: str
    recipient: str
    date: str


FACTS = st.builds(
    Facts,
    helo=HOSTS | st.sampled_from(("User", "localhost.localdomain", "[192.168.1.2]")),
    rdns=st.none() | HOSTS,
    ip=IPV4 | IPV6,
    by=HOSTS,
    id=IDS,
    recipient=MAILBOXES,
    date=st.builds("{} {}".format, DATES, ZONES),
)


def _literal(ip: Address) -> str:
    return f"[{ip}]" if isinstance(ip, IPv4Address) else f"[IPv6:{ip}]"


def postfix(facts: Facts) -> str:
    """Return the field that Postfix writes."""
    name = facts.rdns or "unknown"
    return (
        f"from {facts.helo} ({name} {_literal(facts.ip)}) by {facts.by} (Postfix) with ESMTP"
        f" id {facts.id} for <{facts.recipient}>; {facts.date}"
    )


def sendmail(facts: Facts) -> str:
    """Return the field that sendmail writes."""
    name = f"{facts.rdns} " if facts.rdns else ""
    return (
        f"from {facts.helo} ({name}{_literal(facts.ip)}) by {facts.by} (8.15.2/8.15.2) with ESMTP"
        f" id {facts.id} for <{facts.recipient}>; {facts.date}"
    )


def exim(facts: Facts) -> str:
    """Return the field that Exim writes: the greeting is left out where it is the looked-up name."""
    same = facts.helo == facts.rdns
    client = f"{facts.rdns} ([{facts.ip}]" if facts.rdns else f"[{facts.ip}] ("
    greeting = "" if same else f"{' ' if facts.rdns else ''}helo={facts.helo}"
    return (
        f"from {client}{greeting}) by {facts.by} with esmtp (Exim 4.96)"
        f" id {facts.id} for {facts.recipient}; {facts.date}"
    )


def exchange(facts: Facts) -> str:
    """Return the field that Exchange writes: nothing is looked up."""
    return (
        f"from {facts.helo} ({facts.ip}) by {facts.by} (10.0.0.5) with Microsoft SMTP Server"
        f" id 15.1.2507.35; {facts.date}"
    )


def qmail(facts: Facts) -> str:
    """Return the field that qmail-ldap writes: the greeting is left out where it is the looked-up name."""
    name = facts.rdns or "unknown"
    greeting = "" if facts.helo == facts.rdns else f" (HELO {facts.helo})"
    return (
        f"from {name}{greeting} ([{facts.ip}]) by {facts.by} (qmail-ldap-1.03) with SMTP"
        f" for <{facts.recipient}>; {facts.date}"
    )


SERVERS = (postfix, sendmail, exim, exchange, qmail)
REAL_FIELDS = st.sampled_from([case.field for case in load_cases()])
FIELDS = REAL_FIELDS | st.builds(lambda write, facts: write(facts).encode(), st.sampled_from(SERVERS), FACTS)

# Pieces that mean something to a reader, wherever they are dropped.
_SIGNS = [bytes((octet,)) for octet in b'()[]<>"\\;,@:.=/!% \t\r\n\0\xff']
_PIECES = st.sampled_from(
    [
        *_SIGNS,
        *(b"\r\n ", b"\n\t", b" from ", b" by ", b" via ", b" with ", b" id ", b" for ", b"helo=", b"HELO "),
        *(b"[192.0.2.1]", b"::ffff:192.0.2.1", b"unknown", b"(may be forged)", b"xxx", b"Received: "),
        b"; Tue, 2 Jan 2024 03:04:05 +0100",
    ]
)


@st.composite
def altered(draw: st.DrawFn, field: bytes) -> bytes:
    """Return the field with pieces dropped in, cut out, doubled, or put in the place of others."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(field)))
        end = draw(st.integers(start, min(len(field), start + 40)))
        middle = draw(st.sampled_from((b"", field[start:end] * 2)) | _PIECES)
        field = field[:start] + middle + field[end:]
    return field


JUMBLED = st.lists(_PIECES | st.binary(max_size=6), max_size=40).map(b"".join)
ANY_FIELDS = FIELDS.flatmap(altered) | JUMBLED | st.binary(max_size=200) | FIELDS
ADDRESS_TYPES = (IPv4Address, IPv6Address)
