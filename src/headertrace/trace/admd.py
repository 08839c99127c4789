"""Our own administrative domain: the networks whose servers we believe (RFC 5598, section 2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from headertrace.received.hop import Address

if TYPE_CHECKING:
    from netaddr import IPNetwork

ADDRESS_BITS = {4: 32, 6: 128}
LAST_IPV4 = 2**32 - 1
# What stands before an IPv4 address in IPv6 (RFC 4291, section 2.5.5.2): clients' are unwrapped as well.
MAPPED = 0xFFFF
BRACKETS = re.compile(r"^\[([^]]*)\]")
# It means something on one host only (RFC 4007, section 11), and no hop keeps it.
SCOPE = re.compile(r"%[\w.~-]*", re.ASCII)
PARTIAL_IPV4 = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3})\.?(?:/(\d{1,2}))?", re.ASCII)


class Network(NamedTuple):
    """The addresses ``first`` to ``last``, inside or (``!``) outside."""

    version: int
    first: int
    last: int
    inside: bool
    text: str

    @property
    def extent(self) -> tuple[int, int, int]:
        """The version, and the first and last address."""
        return self.version, self.first, self.last


ALWAYS = (
    Network(4, 127 << 24, (128 << 24) - 1, True, "127/8"),
    Network(6, 1, 1, True, "::1"),
)
Networks = tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class Admd:
    """Networks in SpamAssassin's notation (CIDR, ``!`` excludes, first match wins) and our domain names.

    ``1.2/16``, ``1.2.`` and IPv6 are accepted. None: not configured, so trust is inferred; one of
    ``trusted`` and ``internal`` alone serves as both. Loopback is always inside. ``ValueError`` names
    a text that is no network, one in ``internal`` or ``submission`` that is not in ``trusted``, and a name
    that is empty.
    """

    trusted: Iterable[str] | None = None
    internal: Iterable[str] | None = None
    submission: Iterable[str] | None = None
    names: Iterable[str] = ()
    _trusted: Networks = field(init=False, repr=False, default=ALWAYS)
    _internal: Networks = field(init=False, repr=False, default=ALWAYS)
    _submission: Networks = field(init=False, repr=False, default=())

    def __post_init__(self) -> None:
        for name in ("trusted", "internal", "submission"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else _words(value))
        object.__setattr__(self, "names", tuple(map(_domain, _words(self.names))))
        trusted = self.internal if self.trusted is None else self.trusted
        internal = self.trusted if self.internal is None else self.internal
        object.__setattr__(self, "_trusted", ALWAYS + _parse(trusted))
        object.__setattr__(self, "_internal", ALWAYS + _parse(internal))
        object.__setattr__(self, "_submission", _parse(self.submission))
        if internal is not trusted:
            self._require_trusted("internal", self._internal)
        self._require_trusted("submission", self._submission)

    @property
    def configured(self) -> bool:
        """Whether trust follows these networks, and is not inferred."""
        return self.trusted is not None or self.internal is not None

    def trusts(self, ip: Address | None) -> bool:
        """Return whether the address is one of our trusted servers."""
        return _contains(self._trusted, ip)

    def is_internal(self, ip: Address | None) -> bool:
        """Return whether the address is inside our own network."""
        return _contains(self._internal, ip)

    def is_submission(self, ip: Address | None) -> bool:
        """Return whether the address is that of a server where only our users submit mail (MSA)."""
        return _contains(self._submission, ip)

    def owns(self, name: str | None) -> bool:
        """Return whether the host or domain name is one of ours or below one."""
        host = (name or "").strip("[].").lower()
        return any(host == own or host.endswith("." + own) for own in self.names)

    def _require_trusted(self, role: str, networks: Networks) -> None:
        # The first that covers an address decides, so of the same network only the first place counts.
        places = {t.extent: place for place, t in reversed([*enumerate(self._trusted)])}
        for network in networks:
            covering = min((places[wide] for wide in _widened(network) if wide in places), default=None)
            if network.inside and (covering is None or not self._trusted[covering].inside):
                raise ValueError(f"{role} network {network.text!r} is not within the trusted networks")


def _widened(network: Network) -> Iterator[tuple[int, int, int]]:
    """Yield the extent of each network that covers this one, itself first: there are no others in CIDR."""
    for bits in range((network.last - network.first).bit_length(), ADDRESS_BITS[network.version] + 1):
        hosts = (1 << bits) - 1
        yield network.version, network.first & ~hosts, network.first | hosts


def _words(value: Iterable[str]) -> tuple[str, ...]:
    words = tuple(value.replace(",", " ").split()) if isinstance(value, str) else tuple(value)
    if not all(isinstance(word, str) for word in words):
        raise TypeError(f"networks and names are texts, not {words!r}")
    return words


def _domain(name: str) -> str:
    domain = name.strip(".").lower()
    if not domain:  # every server without a name would be ours
        raise ValueError(f"not a domain name: {name!r}")
    return domain


def _contains(networks: Networks, ip: Address | None) -> bool:
    if ip is None:
        return False
    version, number = ip.version, int(ip)
    for network in networks:
        if network.version == version and network.first <= number <= network.last:
            return network.inside
    return False


def _parse(texts: Iterable[str] | None) -> Networks:
    return tuple(_network(text) for text in texts or ())


def _network(text: str) -> Network:
    from netaddr import AddrFormatError  # noqa: PLC0415  (slow to import; only with a configuration)

    word = text.strip()
    try:
        found = _expand(word.removeprefix("!").lstrip())
    except (AddrFormatError, ValueError) as error:
        raise ValueError(f"not a network: {text!r}") from error
    inside = not word.startswith("!")
    if found.first >> 32 == found.last >> 32 == MAPPED:
        return Network(4, found.first & LAST_IPV4, found.last & LAST_IPV4, inside, text)
    return Network(found.version, found.first, found.last, inside, text)


def _expand(text: str) -> IPNetwork:
    from netaddr import IPNetwork  # noqa: PLC0415

    plain = SCOPE.sub("", BRACKETS.sub(r"\1", text))
    partial = PARTIAL_IPV4.fullmatch(plain)
    if partial is None:
        return IPNetwork(plain)
    octets = partial[1].split(".")
    bits = partial[2] or 8 * len(octets)
    return IPNetwork(".".join(octets + ["0"] * (4 - len(octets))) + f"/{bits}")
