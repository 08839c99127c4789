"""Who lives where: networks, machines, and the gateway's ways in."""

from __future__ import annotations

from dataclasses import dataclass

RELAY = "192.168.1.10"
NAMESERVER = "192.0.2.240"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One Ethernet: the namespace that holds its bridge, and that gateway's addresses on it."""

    router: str
    gateways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """One namespace with one interface; the first address of each family is the one it sends from."""

    network: str
    addresses: tuple[str, ...]

    @property
    def ip(self) -> str:
        """The address that it sends from."""
        return self.addresses[0].split("/")[0]

    @property
    def ip6(self) -> str:
        """The IPv6 address that it sends from."""
        return next(address for address in self.addresses if ":" in address).split("/")[0]


POOL = tuple(f"10.42.0.{last}" for last in range(2, 8))

NETWORKS: dict[str, Network] = {
    "strangers": Network(router="inet", gateways=("203.0.113.1/24", "2001:db8:66::1/64")),
    "victim": Network(router="inet", gateways=("198.51.100.1/25", "2001:db8:98::1/64")),
    "services": Network(router="inet", gateways=("198.51.100.129/25",)),
    "wan": Network(router="inet", gateways=("192.0.2.1/26", "2001:db8:25::1/64")),
    "partners": Network(router="inet", gateways=("192.0.2.129/26",)),
    "lan": Network(
        router="fw",
        gateways=(
            "192.168.1.1/24",
            "192.168.64.1/24",
            "192.168.64.64/24",
            "172.18.0.1/16",
            "10.42.0.1/16",
            "fd00:25::1/64",
            "2001:db8:1::1/64",
            *(f"{address}/16" for address in POOL),
        ),
    ),
}


def _machine(network: str, *addresses: str) -> Machine:
    return Machine(network=network, addresses=addresses)


STRANGERS = tuple(f"stranger{last}" for last in (10, 11, 12, 13, 14, 66))
WORKSTATIONS = tuple(f"office{last}" for last in (101, 102, 103, 104, 105, 106))

# The gateway has one public address for each way in, so that all of them can be open at once: the
# address that a stranger dials stands in no header.
WAYS_IN: dict[str, str] = {
    "direct": "192.0.2.25",
    "masquerade": "192.0.2.30",
    "own-public": "192.0.2.31",
    "pool": "192.0.2.32",
    "socat": "192.0.2.33",
    "haproxy": "192.0.2.34",
    "docker": "192.0.2.35",
    "proxy-protocol": "192.0.2.36",
    "dovecot": "192.0.2.37",
    "postfixgw": "192.0.2.45",
    "harakagw": "192.0.2.46",
    "nginx": "192.0.2.47",
    "spampd": "192.0.2.48",
    "eximgw": "192.0.2.49",
    "qpsmtpdgw": "192.0.2.55",
    "aiosmtpd": "192.0.2.56",
    "amavisgw": "192.0.2.57",
}
WAYS_IN_6: dict[str, str] = {
    "direct6": "2001:db8:1::10",
    "nat66": "2001:db8:25::30",
    "nat64": "2001:db8:25::37",
    "docker6": "2001:db8:25::35",
    "mx6": "2001:db8:98::25",
}
APPLIANCES: dict[str, str] = {
    "postfixgw": "192.168.1.5",
    "harakagw": "192.168.1.6",
    "nginx": "192.168.1.7",
    "spampd": "192.168.1.8",
    "eximgw": "192.168.1.9",
    "qpsmtpdgw": "192.168.1.15",
    "aiosmtpd": "192.168.1.16",
    "amavisgw": "192.168.1.17",
}

MACHINES: dict[str, Machine] = {
    "mx": _machine("victim", "198.51.100.25/25", "2001:db8:98::25/64"),
    "mx2": _machine("victim", "198.51.100.26/25"),
    "fwd": _machine("services", "198.51.100.170/25"),
    "list": _machine("services", "198.51.100.180/25"),
    "smarthost": _machine("services", "198.51.100.190/25"),
    "partner": _machine("partners", "192.0.2.140/26"),
    "fw": _machine(
        "wan", *(f"{ip}/26" for ip in WAYS_IN.values()), *(f"2001:db8:25::{n}/64" for n in (25, 30, 35, 37))
    ),
    "relay": _machine(
        "lan",
        f"{RELAY}/24",
        "172.18.0.10/16",
        "10.42.0.10/16",
        "192.168.64.10/24",
        "fd00:25::10/64",
        "2001:db8:1::10/64",
    ),
    "dovecot": _machine("lan", "192.168.1.20/24"),
    "scanner": _machine("lan", "192.168.1.120/24"),
    "container": _machine("lan", "172.18.0.5/16"),
    "pod": _machine("lan", "10.42.3.7/16"),
    **{name: _machine("lan", f"{ip}/24") for name, ip in APPLIANCES.items()},
    **{
        name: _machine("lan", f"192.168.1.{name[-3:]}/24", f"fd00:25::{name[-3:]}/64")
        for name in WORKSTATIONS
    },
    **{
        name: _machine("strangers", f"203.0.113.{name[-2:]}/24", f"2001:db8:66::{name[-2:]}/64")
        for name in STRANGERS
    },
}
