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
    """Marks by which a recording server is told, and how it writes; patterns match whole, without case."""

    name: str
    software: str | None = None
    """Matches the description behind BY or WITH."""
    protocol: str | None = None
    """Matches the WITH words."""
    by: str | None = None
    """Matches the recording server's name."""
    domains: tuple[str, ...] = ()
    """Domains, in lower case, below one of which that name may lie as well."""
    id: str | None = None
    """Matches the queue id."""
    lead: str | None = None
    """Matches the words before the first keyword."""
    shape: str | None = None
    """Matches `PROTOCOL ID ZONE X`, for a family that names itself nowhere.

    `-` stands where one lacks, X is what closes the address, and ` noday` follows where the date has no day
    of the week.
    """
    bare_name: BareName = BareName.ANNOUNCED
    greets: bool = True
    """False where it never writes an explicit greeting: one in the field is the client's invention."""
    address_first: bool = False
    """True where it writes the address in front of the greeting: what stands behind is the client's word."""
    unmarked: bool = False
    """True where a comment of one word behind a literal is the greeting, without a mark."""
    tells_clients: bool = False
    """True where it tells the address of all who speak SMTP.

    Without one, and without a protocol of SMTP, a user or a process of its own stands behind FROM.
    """
    notes_peers: bool = False
    """True where a literal alone behind FROM is its note of the peer."""
    account: str | None = None
    """Matches the word behind FROM where it is a user of webmail, and no WITH follows."""
    inside: str | None = None
    """Matches a protocol of webmail that its own machines speak to each other, so that it tells no login."""
    network: Mapping[str, NetworkReason] = field(default_factory=dict)
    """By patterns of `with PROTOCOL`, `via LINK` or `from NAME`: why such a field records no hand-over."""
    remarks: tuple[tuple[str, str] | tuple[str, str, str], ...] = ()
    """Wordings that only this family writes: a kind, a pattern, and how it begins if that does not tell."""
