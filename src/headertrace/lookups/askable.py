"""Which addresses and names strangers may be asked about at all."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from unicodedata import normalize

from headertrace.received.hop import Address
from headertrace.trace.addresses import DOCUMENTATION, IMPOSSIBLE, PRIVATE, AddressSet

# Set aside by IANA for protocols and benchmarks (RFC 6890, RFC 2544, RFC 2928); IPv6 outside 2000::/3
# is nobody's (RFC 4291, section 2.4); 6to4 is historic (RFC 7526); 3fff::/20 is for documentation (RFC 9637).
RESERVED = AddressSet(
    "192.0.0.0/24",
    "198.18.0.0/15",
    "::/3",
    "2001::/23",
    "2002::/16",
    "3fff::/20",
    "4000::/2",
    "8000::/1",
)

# RFC 2606 and RFC 6761. Nobody outside a laboratory holds these, and a laboratory holds nothing else.
DOCUMENTATION_DOMAINS = frozenset({"example", "test", "invalid"})
# Names that only a house knows: RFC 6761, 6762, 7686, 8375, and the habits of RFC 6762, appendix G.
LOCAL_DOMAINS = frozenset(
    {"localhost", "localdomain", "local", "lan", "home", "corp", "internal", "intranet", "private"}
    | {"onion", "arpa"}
)
# RFC 1035, section 2.3.4: 255 bytes on the wire, two less as text.
LONGEST_NAME = 253
# Hosts have hyphens in their names, services and Windows machines underscores too.
_JOINERS = str.maketrans("", "", "-_")


def read_address(subject: str | Address) -> Address | None:
    """Return the address, brackets, zone id and IPv4-mapping taken off; None where the text is none."""
    address = _parse(subject) if isinstance(subject, str) else subject
    if not isinstance(address, IPv6Address):
        return address
    # A zone id (RFC 6874) means something on one host only, and has no reverse name.
    return address.ipv4_mapped or IPv6Address(int(address))


def _parse(text: str) -> Address | None:
    try:
        return ip_address(text.strip().removeprefix("[").removesuffix("]").removeprefix("IPv6:"))
    except ValueError:
        return None


def why_not_address(address: Address, *, documentation: bool = False) -> str | None:
    """Return why nobody is asked about an address; None where one may be."""
    if address in DOCUMENTATION:
        return None if documentation else "a documentation address is never asked about"
    if address in PRIVATE:
        return "a private address is never asked about"
    if address in IMPOSSIBLE or address in RESERVED:
        return "a reserved address is never asked about"
    return None


def why_not_name(name: str, *, documentation: bool = False) -> str | None:
    """Return why nobody is asked about a host or domain name; None where one may be."""
    # As it would be asked: to IDNA wide letters and the like are plain ones (RFC 3491, section 4).
    labels = normalize("NFKC", name).rstrip(".").casefold().split(".")
    if len(name) > LONGEST_NAME or not all(map(_is_label, labels)) or labels[-1].isdecimal():
        return "no domain name"
    if not documentation and (labels[-1] in DOCUMENTATION_DOMAINS or _is_example(labels)):
        return "a documentation name is never asked about"
    if len(labels) < 2 or labels[-1] in LOCAL_DOMAINS:
        return "a local name is never asked about"
    return None


def _is_label(text: str) -> bool:
    return 0 < len(text) < 64 and text.translate(_JOINERS).isalnum()


def _is_example(labels: list[str]) -> bool:
    return labels[-2:-1] == ["example"] and labels[-1] in ("com", "net", "org")


def is_documentation_zone(zone: str) -> bool:
    """Return whether a zone can exist in a laboratory only."""
    return zone.rstrip(".").casefold().rpartition(".")[2] in DOCUMENTATION_DOMAINS
