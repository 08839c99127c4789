"""What the way from the entry to the exit shows, as bits of ``trait``."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.below import older_traits
from headertrace.signatures.chain import Chain, count_organisations
from headertrace.signatures.entry import entry_traits
from headertrace.signatures.fields import Fields
from headertrace.signatures.house import inner_traits, is_addressed_out, is_other_hand, is_own_address
from headertrace.signatures.mailboxes import Mailboxes, domain_of, same_house
from headertrace.signatures.names import akin, greeting_traits, organisation, reverse_traits
from headertrace.trace.addresses import same_network

# Machines of no house.
BULK_MACHINES = trait.HELO_CONSTANT | trait.HELO_HIRED_DESKTOP
# What a field below the entry still shows where a stranger invented it.
INVENTED = trait.FORGED_SHAPE | trait.BORROWED_PROTOCOL
# Who writes no field of their own where they let their customers' mail out, or one by another name.
LETS_OUT_FOR_OTHERS = trait.PROVIDER_SERVER | trait.SERVICE_CLIENT
STRANGERS_GREETINGS = (
    trait.HELO_CONSTANT
    | trait.HELO_HIRED_DESKTOP
    | trait.HELO_RANDOM
    | trait.HELO_GARBLED
    | trait.HELO_BIG_PROVIDER
)


def way_traits(chain: Chain, entry: Hop) -> int:
    """Return what the chain alone shows of the way."""
    bits = chain.client | entry_traits(entry) | handover_traits(chain) | older_traits(chain, entry)
    if chain.inner is not None:
        bits |= trait.INNER_HOP | inner_traits(chain, entry, chain.inner, bits)
    if chain.forged is not None:
        bits |= trait.FORGED_BELOW | (entry_traits(chain.forged) & INVENTED)
    if len(chain.handovers) > 2 and count_organisations(chain.handovers) > 2:
        bits |= trait.HANDOVERS
    if akin(organisation(entry.rdns or entry.helo or ""), chain.relay_org):
        bits |= trait.RELAY_CUSTOMER
    if entry.by_ip is not None:
        bits |= _server_address_traits(entry)
    return bits | _recipient_traits(chain, entry)


def handover_traits(chain: Chain) -> int:
    """Return what only strangers and services show, wherever on the way behind the entry they show it."""
    bits = 0
    for hop in chain.handovers[1:]:
        if hop.helo:
            bits |= greeting_traits(hop.helo) & STRANGERS_GREETINGS
        if hop.rdns:
            bits |= reverse_traits(hop.rdns) & trait.SERVICE_CLIENT
    return bits


def _server_address_traits(entry: Hop) -> int:
    """Return how the client's address stands to the server's, where the field tells both."""
    if entry.ip == entry.by_ip:
        return trait.SELF_ADDRESS if (entry.helo or "").lower() != (entry.by or "").lower() else 0
    return trait.SAME_SUBNET if same_network(entry.ip, entry.by_ip) else 0


def _recipient_traits(chain: Chain, entry: Hop) -> int:
    """Return whose recipient the entry names, and whether a later hop names another."""
    if not entry.recipients or chain.relay_org is None:
        return 0
    if akin(organisation(domain_of(entry.recipients[0]) or ""), chain.relay_org):
        return trait.OWN_RECIPIENT
    later = [hop.recipients for hop in (chain.inner, chain.exit) if hop is not None and hop.recipients]
    if any(recipients != entry.recipients for recipients in later):
        return trait.FOREIGN_RECIPIENT | trait.REWRITTEN_RECIPIENT
    return trait.FOREIGN_RECIPIENT


def relation_traits(chain: Chain, entry: Hop, fields: Fields, boxes: Mailboxes, known: int) -> int:
    """Return what the chain shows beside the writer and the list."""
    bits = exit_traits(chain, entry, known) | writer_kinship(chain, entry, boxes.sender_domain)
    if not known & BULK_MACHINES and _answers_come_home(chain, boxes):
        bits |= trait.HOUSE_LETTER
    if known & trait.AUTH:
        bits |= _login_traits(entry, boxes)
    if known & trait.INSIDE_HOUSE and is_addressed_out(chain, boxes):
        bits |= trait.ADDRESSED_OUT
    return bits | _id_traits(fields, entry)


def _answers_come_home(chain: Chain, boxes: Mailboxes) -> bool:
    """Return whether the relay's own house gets the answers."""
    domain = domain_of(boxes.reply) if boxes.reply else boxes.sender_domain
    return akin(organisation(domain or ""), chain.relay_org)


def _login_traits(entry: Hop, boxes: Mailboxes) -> int:
    """Return whether the account that logged in is the writer's, or of another house."""
    user = entry.auth.user.lower() if entry.auth and entry.auth.user else ""
    sender = boxes.sender or ""
    if not user or not sender:
        return 0
    if user in (sender, sender.partition("@")[0]):
        return trait.LOGIN_IS_WRITER
    other = "@" in user and not same_house(domain_of(user), boxes.sender_domain)
    return trait.LOGIN_IS_OTHER if other else 0


def _id_traits(fields: Fields, entry: Hop) -> int:
    """Return whether the server that took the message in made its Message-ID too."""
    value = fields.get(b"message-id")
    if value is None or entry.by is None:
        return 0
    text = value.decode("latin-1")
    by_server = text.endswith(f"@{entry.by.lower()}>") or (entry.id is not None and entry.id.lower() in text)
    return trait.RELAY_MESSAGE_ID if by_server else 0


def exit_traits(chain: Chain, entry: Hop, known: int) -> int:
    """Return whether and how the message left the server that took it in."""
    left = chain.exit
    if left is None:
        # A private client's message that never left tells nothing of a relay; a public one's has arrived.
        return trait.DIRECT if known & trait.CLIENT_PUBLIC else 0
    if chain.arrived or (known & trait.LIST and may_be_list(chain)):
        # That server is the recipient's own, or the list's.
        return trait.DIRECT
    bits = trait.EXIT
    if not known & LETS_OUT_FOR_OTHERS and is_other_hand(chain, entry, left):
        bits |= trait.OTHER_HAND
    if known & trait.CLIENT_PUBLIC:
        if same_network(entry.ip, left.ip):
            bits |= _neighbour_traits(chain, entry, left)
        if known & trait.RDNS_GATEWAY and "." not in (entry.rdns or ".").strip("_"):
            bits |= trait.SQUATTED
    return bits


def _neighbour_traits(chain: Chain, entry: Hop, left: Hop) -> int:
    """Return whether the client is the server's neighbour, or uses the address of the server itself."""
    if left.ip != entry.ip:
        return trait.NEIGHBOUR
    return trait.OWN_ADDRESS if is_own_address(chain, entry, left) else trait.ADDRESS_TWICE


def may_be_list(chain: Chain) -> bool:
    """Return whether the server that took the message in also handed it to the last, as a list's does."""
    last = chain.last
    return last is not None and akin(organisation(last.rdns or last.helo or ""), chain.relay_org)


def writer_kinship(chain: Chain, entry: Hop, domain: str | None) -> int:
    """Return whether the writer's domain is of the relay's house, or of neither that nor the client's."""
    if domain is None or chain.relay_org is None:
        return 0
    house = organisation(domain)
    if akin(house, chain.relay_org):
        return trait.OWN_FROM
    return 0 if akin(house, organisation(entry.rdns or entry.helo or "")) else trait.FOREIGN_FROM
