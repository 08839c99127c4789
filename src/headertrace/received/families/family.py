"""What is known of one kind of software that writes Received fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from headertrace.vocabulary import NetworkReason


class BareName(StrEnum):
    """What the name after FROM is where neither a greeting nor a second name stands beside it."""

    ANNOUNCED = "announced"
    BOTH = "both"
    """Looked up, and announced as well: the greeting is left out because it is the same."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Family:
    """Marks by which a recording server is told, and how it writes; patterns match whole, without case.

    ``software`` matches the description behind BY or WITH, ``protocol`` the WITH words, ``by`` the recording
    server's name, which may also lie below one of ``domains`` (in lower case), ``id`` the queue id, ``lead``
    the words before the first keyword, and ``shape``, for a family that names itself nowhere, `PROTOCOL ID
    ZONE X`: `-` where one lacks, X what closes the address, ` noday` behind it where the date has no day of
    the week. ``greets`` is False where the family never writes an explicit greeting: one in the field is the
    client's invention. ``address_first`` is True where it writes the address in front of the greeting: what
    stands behind is the client's word. ``unmarked`` is True where a comment of one word behind an address is
    the greeting, without a mark. ``tells_clients`` is True where it tells the address of all who speak SMTP:
    without one, and without a protocol of SMTP, a user or a process of its own stands behind FROM.
    ``notes_peers`` is True where a literal alone behind FROM is its note of the peer. ``network`` maps a
    pattern of `with PROTOCOL`, `via LINK` or `from NAME` to the reason why such a field records no hand-over;
    ``remarks`` are wordings that only this family writes. ``account`` matches the word behind FROM where it
    is a user of webmail, and no WITH follows; ``inside`` a protocol of webmail that its own machines speak to
    each other, so that it tells no login.
    """

    name: str
    software: str | None = None
    protocol: str | None = None
    by: str | None = None
    domains: tuple[str, ...] = ()
    id: str | None = None
    lead: str | None = None
    shape: str | None = None
    bare_name: BareName = BareName.ANNOUNCED
    greets: bool = True
    address_first: bool = False
    unmarked: bool = False
    tells_clients: bool = False
    notes_peers: bool = False
    account: str | None = None
    inside: str | None = None
    network: Mapping[str, NetworkReason] = field(default_factory=dict)
    remarks: tuple[tuple[str, str] | tuple[str, str, str], ...] = ()
