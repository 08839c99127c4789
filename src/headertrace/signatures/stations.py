"""What is true of single hops and of the way between them, as bits of ``Trait``."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address

from headertrace.defects import DefectKind
from headertrace.message.section import HeaderSection
from headertrace.received.hop import Address, Hop
from headertrace.signatures.chain import Chain
from headertrace.signatures.mailboxes import Mailboxes, domain_of, first_value, same_house
from headertrace.signatures.names import akin, greeting_traits, organisation, reverse_traits
from headertrace.signatures.traits import Trait
from headertrace.trace.addresses import (
    IMPOSSIBLE,
    LOOPBACK,
    PRIVATE,
    SHARED,
    is_gateway_like,
    same_network,
)
from headertrace.trace.trace import Trace
from headertrace.vocabulary import RdnsStatus

# Their stock configuration writes a login into the field (the A of RFC 3848, a comment, or both).
MARKING = frozenset(
    "postfix exim sendmail courier haraka mailenable fortimail opensmtpd zimbra stalwart kumomta mdaemon icewarp".split()
)
# Their stock configuration writes nothing of a login.
HIDING = frozenset(
    "exchange exchange-online smtpsvc iis smartermail hmailserver qmail netqmail qpsmtpd simscan qmail-ldap coremail "
    "domino groupwise kerio xmail imail mercury".split()
)
PLAIN = frozenset(("SMTP", "smtp"))
WEB = ("http", "https", "mapi", "webmail")
# A relay that is used by many strangers has a queue; a single user's mail waits for minutes at most.
SLOW_SECONDS = 3600.0
# Servers' clocks differ by less than this.
BACKWARDS_SECONDS = -900.0
HELO_BITS_OF_STRANGERS = (
    Trait.HELO_CONSTANT | Trait.HELO_HIRED_DESKTOP | Trait.HELO_RANDOM | Trait.HELO_GARBLED | Trait.HELO_BIG_PROVIDER
)
RDNS_BITS = {
    RdnsStatus.FAILED: Trait.RDNS_FAILED,
    RdnsStatus.MAY_BE_FORGED: Trait.RDNS_FORGED,
}


def entry_traits(hop: Hop) -> int:
    """Return what the field that records the entry says."""
    bits = greeting_traits(hop.helo) if hop.helo else 0
    bits |= RDNS_BITS.get(hop.rdns_status, 0) | (reverse_traits(hop.rdns) if hop.rdns else 0)
    bits |= address_traits(hop.ip) if hop.ip is not None else 0
    bits |= _record_traits(hop)
    if hop.defects or hop.family == "generic":
        bits |= Trait.FORGED_SHAPE | _shape_traits(hop)
    return bits


def _shape_traits(hop: Hop) -> int:
    return Trait.GLUED if any(defect.kind is DefectKind.GLUED_FIELDS for defect in hop.defects) else 0


def _record_traits(hop: Hop) -> int:
    bits = Trait.AUTH if hop.auth is not None else 0
    bits |= Trait.TLS if hop.tls is not None else 0
    bits |= Trait.PLAIN_SMTP if hop.protocol in PLAIN else 0
    bits |= Trait.MARKS_LOGINS if hop.family in MARKING else 0
    bits |= Trait.HIDES_LOGINS if hop.family in HIDING else 0
    bits |= Trait.HAS_RECIPIENT if hop.recipients else 0
    return bits | (Trait.WEB_PROTOCOL if hop.protocol and hop.protocol.lower().startswith(WEB) else 0)


def handover_traits(hops: Iterable[Hop]) -> int:
    """Return what only strangers show, wherever on the way they show it."""
    bits = 0
    for hop in hops:
        if hop.helo:
            bits |= greeting_traits(hop.helo) & HELO_BITS_OF_STRANGERS
        if hop.ip is not None and hop.ip in IMPOSSIBLE:
            bits |= Trait.CLIENT_IMPOSSIBLE
    return bits


def address_traits(ip: Address) -> int:
    """Return what kind of address the client has."""
    if ip not in PRIVATE:
        return Trait.CLIENT_IMPOSSIBLE if ip in IMPOSSIBLE else Trait.CLIENT_PUBLIC
    if ip in LOOPBACK:
        return Trait.CLIENT_LOOPBACK
    bits = Trait.CLIENT_PRIVATE | (Trait.CLIENT_GATEWAY if is_gateway_like(ip) else 0)
    if ip in SHARED:
        bits |= Trait.CLIENT_SHARED
    if ip.is_link_local:
        bits |= Trait.CLIENT_LINK_LOCAL
    return bits | (Trait.CLIENT_CONTAINER if isinstance(ip, IPv4Address) and _is_container(ip) else 0)


def _is_container(ip: IPv4Address) -> bool:
    """Return whether the address is the host's end of a Docker bridge, or in a pod network by custom."""
    first, second, _, last = ip.packed
    return (first == 172 and 17 <= second <= 31 and last == 1) or (first == 10 and second in (42, 244))


def relation_traits(trace: Trace, chain: Chain, boxes: Mailboxes, known: int) -> int:
    """Return what only the chain as a whole shows."""
    entry = chain.entry
    if entry is None:
        return Trait.NO_HOPS
    bits = Trait.OLDEST if chain.oldest else 0
    bits |= Trait.LOCAL_BEFORE if chain.local_before is not None else 0
    bits |= Trait.INNER_HOP if chain.inner is not None else 0
    bits |= Trait.HANDOVERS if len(chain.handovers) > 2 else 0
    bits |= _exit_traits(chain, entry, known)
    bits |= _kinship_traits(chain, entry, boxes) | _id_traits(trace.section, entry)
    if entry.by_ip is not None:
        bits |= _server_address_traits(entry)
    return bits | _recipient_traits(chain, entry)


def _id_traits(section: HeaderSection, entry: Hop) -> int:
    """Return whether the server that took the message in made its Message-ID too."""
    value = first_value(section, "message-id")
    if value is None or entry.by is None:
        return 0
    text = value.decode("latin-1").strip().lower()
    by_server = text.endswith(f"@{entry.by.lower()}>") or (entry.id is not None and entry.id.lower() in text)
    return Trait.RELAY_MESSAGE_ID if by_server else 0


def _server_address_traits(entry: Hop) -> int:
    """Return how the client's address stands to the server's, where the field tells both."""
    if entry.ip == entry.by_ip:
        return Trait.SELF_ADDRESS if (entry.helo or "").lower() != (entry.by or "").lower() else 0
    return Trait.SAME_SUBNET if same_network(entry.ip, entry.by_ip) else 0


def _exit_traits(chain: Chain, entry: Hop, known: int) -> int:
    left = chain.exit
    if left is None:
        # A private client's message that never left tells nothing of a relay; a public one's has arrived.
        return Trait.DIRECT if known & Trait.CLIENT_PUBLIC else 0
    if _is_destination(chain, known):
        return Trait.DIRECT
    bits = Trait.EXIT | (Trait.ADDRESS_TWICE if left.ip == entry.ip else 0)
    if known & Trait.CLIENT_PUBLIC and same_network(entry.ip, left.ip):
        bits |= Trait.NEIGHBOUR
    if known & Trait.CLIENT_PUBLIC and known & Trait.RDNS_GATEWAY and "." not in (entry.rdns or ".").strip("_"):
        bits |= Trait.SQUATTED
    if entry.date and left.date:
        seconds = (left.date - entry.date).total_seconds()
        bits |= Trait.SLOW if seconds > SLOW_SECONDS else Trait.BACKWARDS if seconds < BACKWARDS_SECONDS else 0
    return bits


def _is_destination(chain: Chain, known: int) -> bool:
    """Return whether the server that took the message in is the recipient's own, or the list's."""
    last = chain.last
    if last is None or chain.relay_org is None:
        return False
    if akin(organisation(last.by or ""), chain.relay_org):
        return True
    return bool(known & Trait.LIST) and akin(organisation(last.rdns or last.helo or ""), chain.relay_org)


def _kinship_traits(chain: Chain, entry: Hop, boxes: Mailboxes) -> int:
    client_org = organisation(entry.rdns or entry.helo or "")
    bits = Trait.RELAY_CUSTOMER if akin(client_org, chain.relay_org) else 0
    if boxes.sender_domain is None or chain.relay_org is None:
        return bits
    if akin(organisation(boxes.sender_domain), chain.relay_org):
        return bits | Trait.OWN_FROM
    if client_org and same_house(boxes.sender_domain, client_org):
        return bits
    return bits | Trait.FOREIGN_FROM


def _recipient_traits(chain: Chain, entry: Hop) -> int:
    if not entry.recipients or chain.relay_org is None:
        return 0
    if akin(organisation(domain_of(entry.recipients[0]) or ""), chain.relay_org):
        return Trait.OWN_RECIPIENT
    left = chain.exit
    if left is not None and left.recipients and left.recipients != entry.recipients:
        return Trait.FOREIGN_RECIPIENT | Trait.REWRITTEN_RECIPIENT
    return Trait.FOREIGN_RECIPIENT
