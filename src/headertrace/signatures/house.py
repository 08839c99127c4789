"""What happens inside the house that took a message in, between the first machine and the last."""

from __future__ import annotations

from itertools import takewhile

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.chain import Chain
from headertrace.signatures.mailboxes import Mailboxes, domain_of
from headertrace.signatures.names import INNER_SUFFIXES, akin, organisation
from headertrace.trace.addresses import same_network
from headertrace.trace.organisations import registrable_domain, same_organisation

# How servers greet, inside their house or outside.
SERVERS_GREETINGS = trait.HELO_QUALIFIED | trait.HELO_INNER_SUFFIX


def inner_traits(chain: Chain, entry: Hop, inner: Hop, known: int) -> int:
    """Return whether both machines are one house's, and whether the client is a customer or a server.

    Its name in the DNS tells that; its greeting proves neither.
    """
    bits = trait.INSIDE_HOUSE if _stays_inside(chain, inner) else 0
    house = organisation(entry.rdns) if entry.rdns else None
    if house is None:
        return bits
    if akin(house, chain.relay_org):
        bits |= trait.KNOWN_CUSTOMER
    named = known & trait.RDNS_MAIL_SERVER or akin(house, organisation(entry.helo or ""))
    if named and known & SERVERS_GREETINGS and not known & trait.RDNS_DYNAMIC:
        bits |= trait.SERVER_CLIENT
    return bits


def _stays_inside(chain: Chain, inner: Hop) -> bool:
    """Return whether the house that took the message in recorded the inner hop too, without a login."""
    if inner.auth is not None or chain.exit is None:
        return False
    house = organisation(inner.by or "")
    if house is None or house.endswith(INNER_SUFFIXES):
        house = organisation(chain.exit.rdns or chain.exit.helo or "")
    return akin(house, chain.relay_org)


def is_addressed_out(chain: Chain, boxes: Mailboxes) -> bool:
    """Return whether the writer himself named the recipient to whom the relay let the message out."""
    left, recipient = chain.exit, boxes.recipient
    if left is None or recipient is None or akin(organisation(domain_of(recipient) or ""), chain.relay_org):
        return False
    return any(named.lower() == recipient for named in left.recipients)


def is_other_hand(chain: Chain, entry: Hop, left: Hop) -> bool:
    """Return whether the machine that let the message out is of another house than those on the way to it.

    By its greeting and by its name in the DNS: no server that recorded the way is of that house.
    """
    if left.rdns is None or left.helo is None or akin(organisation(left.rdns), chain.relay_org):
        return False
    if registrable_domain(entry.by) is None or not same_organisation(left.rdns, left.helo):
        return False
    if same_network(entry.by_ip, left.ip):
        return False
    on_the_way = takewhile(lambda hop: hop is not left, chain.handovers)
    servers = (*on_the_way, chain.inner) if chain.inner is not None else on_the_way
    return not any(same_organisation(hop.by, left.rdns) for hop in servers)


def is_own_address(chain: Chain, entry: Hop, left: Hop) -> bool:
    """Return whether a client at the server's own outer address greets as no host of its house."""
    own = akin(organisation(left.rdns or ""), chain.relay_org)
    return own and not akin(organisation(entry.helo or ""), chain.relay_org)
