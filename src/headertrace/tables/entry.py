"""Where a message came in, as columns: the relay, its client, and what the relay says of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple

from headertrace.received.hop import Address, Hop
from headertrace.signatures import trait
from headertrace.signatures.chain import Chain
from headertrace.signatures.names import organisation
from headertrace.signatures.scene import Scene
from headertrace.tables.texts import ip_text, network_of
from headertrace.trace.addresses import is_public

# Messages of one kind of way share their traits.
REMEMBERED = 4096
NEAR = trait.NEIGHBOUR | trait.SQUATTED | trait.ADDRESS_TWICE | trait.OWN_ADDRESS
LITERAL = trait.HELO_LITERAL | trait.HELO_BARE_ADDRESS
GATEWAY = trait.CLIENT_GATEWAY | trait.RDNS_GATEWAY
# Names that installers give: servers of this name have nothing to do with each other.
SHARED_ENDING = ".localdomain"
# What Docker calls a host: the first half of the container's id.
CONTAINER_ID = re.compile(r"[0-9a-f]{12}(?:\.|\Z)")
# The family that writes the client of a mailbox session into X-Originating-IP, and no other mark of a login.
SESSIONS = "exchange"
_NAMES = {bit: name for name, bit in vars(trait).items() if isinstance(bit, int) and name.isupper()}
# More than a greeting is judged by (``.ad`` is Andorra, too): where one is no inner name, the next server's
# word is taken.
INNER_ENDINGS = (".local", ".lan", ".internal", ".localdomain", ".loc", ".home", ".corp", ".ad", ".intra")


class Told(NamedTuple):
    """What the traits of a message alone decide: whole columns, or parts of one."""

    client_kind: str | None
    gateway: bool
    literal: bool
    login: bool
    session: bool
    marks_logins: bool | None
    destination: bool
    own_sender: bool
    own_recipient: bool | None
    words: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def told_by(traits: int) -> Told:
    """Return the columns that these traits decide."""
    return Told(
        _client_kind(traits),
        bool(traits & GATEWAY),
        bool(traits & LITERAL),
        bool(traits & (trait.AUTH | trait.LOGIN_FIELD)),
        bool(traits & trait.WEBMAIL),
        _one_of(traits, trait.MARKS_LOGINS | trait.TAKES_NO_LOGINS, trait.HIDES_LOGINS),
        bool(traits & trait.DIRECT),
        bool(traits & trait.OWN_FROM),
        _one_of(traits, trait.OWN_RECIPIENT, trait.FOREIGN_RECIPIENT),
        tuple(_names_of(traits)),
    )


def _names_of(traits: int) -> Iterator[str]:
    """Yield the names of the traits that are set: a dozen of some two hundred."""
    while traits:
        lowest = traits & -traits
        yield _NAMES[lowest]
        traits ^= lowest


def entry_columns(scene: Scene) -> tuple[object, ...]:
    """Return the columns ``entry_hop`` to ``traits`` of a message's row.

    All text comes from fields that were read as Latin-1, and is valid Unicode.
    """
    chain, told = scene.chain, told_by(scene.traits)
    entry = chain.entry
    if entry is None:
        return (*(None,) * 23, told.words)
    account = _account(chain)
    name = relay_name(chain)
    relay_ip = chain.exit.ip if chain.exit else None
    relay_address = ip_text(relay_ip)
    return (
        _position(scene.trace.hops, entry) if chain.older else 0,
        name,
        relay_key(name, relay_address),
        relay_site(name, chain),
        relay_address,
        network_of(relay_ip),
        entry.family,
        ip_text(entry.ip),
        network_of(entry.ip),
        told.client_kind,
        told.gateway,
        entry.helo,
        told.literal and is_public(_address(entry.helo)),
        entry.rdns,
        entry.protocol,
        ip_text(chain.inner.ip if chain.inner else None),
        account is not None or told.login or (told.session and entry.family == SESSIONS),
        account or None,
        told.marks_logins,
        told.destination,
        told.own_sender,
        _recipients(entry, chain.exit),
        told.own_recipient,
        told.words,
    )


def _position(hops: tuple[Hop, ...], entry: Hop) -> int:
    """Return the index of this very hop."""
    return [hop is entry for hop in hops].index(True)


def _address(helo: str | None) -> Address | None:
    """Return the address that a HELO is, with or without brackets (RFC 5321, section 4.1.3)."""
    try:
        return ip_address((helo or "").strip("[]?").lower().removeprefix("ipv6:"))
    except ValueError:
        return None


def relay_name(chain: Chain) -> str | None:
    """Return what the relay calls itself, else its address, else what the next server says of it."""
    entry = chain.entry
    if entry is None:
        return None
    name = (entry.by or "").lower().strip("[]. ")
    if name or entry.by_ip:
        return name or str(entry.by_ip)
    return (chain.exit.rdns or chain.exit.helo or "").lower() or None if chain.exit else None


def relay_key(name: str | None, address: str | None) -> str | None:
    """Return what tells the relay from others: its name, or its address where many are called the same."""
    if name is None or address is None or ("." in name and not name.endswith(SHARED_ENDING)):
        return name
    return address if is_passing(name) else f"{name} {address}"


def is_passing(name: str) -> bool:
    """Return whether a server's name changes with each start, as a container's, or says nothing."""
    return name.startswith(("localhost", "127.")) or CONTAINER_ID.match(name) is not None


def relay_site(name: str | None, chain: Chain) -> str | None:
    """Return the organisation that the relay belongs to, as outsiders know it."""
    own = None if name is None or name.endswith(INNER_ENDINGS) else organisation(name)
    return own or chain.relay_org


def _client_kind(traits: int) -> str | None:
    if traits & trait.CLIENT_PRIVATE:
        return "private"
    if traits & trait.CLIENT_LOOPBACK:
        return "loopback"
    if traits & NEAR:
        return "own24"
    return "public" if traits & trait.CLIENT_PUBLIC else None


def _account(chain: Chain) -> str | None:
    """Return the account that logged in: empty where it is not named, None without a login."""
    for hop in (chain.entry, chain.inner):
        if hop is not None and hop.auth is not None:
            return hop.auth.user or ""
    return None


def _one_of(traits: int, yes: int, no: int) -> bool | None:
    """Return which of two opposite traits there is; None for neither."""
    if traits & yes:
        return True
    return False if traits & no else None


def _recipients(entry: Hop, left: Hop | None) -> list[str]:
    return [one.lower() for one in entry.recipients or (left.recipients if left else ())]
