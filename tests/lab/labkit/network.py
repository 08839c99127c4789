"""A small Internet of network namespaces, and what its gateway does to strangers.

Nothing here is linked to the machine's own network: the laboratory runs in a network namespace of
its own, and these are its children.
"""

from __future__ import annotations

from ipaddress import ip_interface
from pathlib import Path

from .machines import (
    APPLIANCES,
    MACHINES,
    NAMESERVER,
    NETWORKS,
    POOL,
    RELAY,
    WAYS_IN,
    WAYS_IN_6,
    Machine,
    Network,
)
from .shell import run

NAT_RULES = """
table ip lab {{
 chain pre {{ type nat hook prerouting priority dstnat;
  ip daddr {{ {direct}, {masquerade}, {own_public} }} tcp dport {{ 25, 587, 80 }} dnat to {relay}
  ip daddr {pool} tcp dport 25 dnat to 10.42.0.10
  ip daddr {dovecot} tcp dport 587 dnat to 192.168.1.20
  {appliances}
 }}
 chain post {{ type nat hook postrouting priority srcnat;
  oifname "wan0" snat to {direct}
  oifname "br-lan" ct original ip daddr {masquerade} masquerade
  oifname "br-lan" ct original ip daddr {own_public} snat to {direct}
  oifname "br-lan" ct original ip daddr {pool} snat to {first}-{last}
  oifname "br-lan" ip saddr 192.168.1.0/24 ct status dnat masquerade
 }}
}}
table ip6 lab {{
 chain pre {{ type nat hook prerouting priority dstnat;
  ip6 daddr {nat66} tcp dport 25 dnat to fd00:25::10
 }}
 chain post {{ type nat hook postrouting priority srcnat;
  oifname "br-lan" ct status dnat snat to fd00:25::1
 }}
}}
"""


def nat_rules() -> str:
    """Return the gateway's nft rules: one way in for each fault."""
    appliances = "\n  ".join(
        f"ip daddr {WAYS_IN[name]} tcp dport 25 dnat to {ip}" for name, ip in APPLIANCES.items()
    )
    ways = {name.replace("-", "_"): ip for name, ip in (WAYS_IN | WAYS_IN_6).items()}
    return NAT_RULES.format(relay=RELAY, appliances=appliances, first=POOL[0], last=POOL[-1], **ways)


def bring_up() -> None:
    """Create all namespaces, wires, addresses, routes and the gateway's rules."""
    run(["mount", "-t", "tmpfs", "tmpfs", "/run"])
    Path("/run/netns").mkdir()
    for name in ("inet", *MACHINES):
        _create(name)
    for name, network in NETWORKS.items():
        _create_bridge(name, network)
    for name, machine in MACHINES.items():
        _attach(name, machine)
    _route_the_organisation()
    inside("fw", ["nft", "-f", "-"], text=nat_rules())


def _create(name: str) -> None:
    run(f"ip netns add {name}".split())
    run(f"ip -n {name} link set lo up".split())
    settings = ["net.ipv4.ip_unprivileged_port_start=0", "net.ipv6.conf.default.accept_dad=0"]
    if name in {"inet", "fw"}:
        settings += ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"]
    inside(name, ["sysctl", "-qw", *settings])


def _create_bridge(name: str, network: Network) -> None:
    router, bridge = network.router, f"br-{name}"
    run(f"ip -n {router} link add {bridge} type bridge".split())
    for gateway in network.gateways:
        _give(router, bridge, gateway)
    run(f"ip -n {router} link set {bridge} up".split())


def _attach(name: str, machine: Machine) -> None:
    network = NETWORKS[machine.network]
    device, port = ("wan0" if name == "fw" else "eth0"), f"p-{name}"
    run(f"ip link add {device} netns {name} type veth peer name {port} netns {network.router}".split())
    run(f"ip -n {network.router} link set {port} master br-{machine.network} up".split())
    for address in machine.addresses:
        _give(name, device, address)
    run(f"ip -n {name} link set {device} up".split())
    for gateway in _default_gateways(machine, network):
        run(f"ip -n {name} route add default via {gateway}".split())


def _give(name: str, device: str, address: str) -> None:
    flags = ["nodad"] if ":" in address else []
    run(["ip", "-n", name, "addr", "add", address, "dev", device, *flags])


def _default_gateways(machine: Machine, network: Network) -> list[str]:
    """Return one gateway of each family that the machine speaks, in its own subnet."""
    found: dict[int, str] = {}
    for address in machine.addresses:
        for gateway in network.gateways:
            ours, theirs = ip_interface(address), ip_interface(gateway)
            if ours.network == theirs.network:
                found.setdefault(ours.version, str(theirs.ip))
    return list(found.values())


def _route_the_organisation() -> None:
    run(["ip", "-n", "inet", "route", "add", "2001:db8:1::/64", "via", "2001:db8:25::25"])
    run(f"ip -n inet addr add {NAMESERVER}/32 dev lo".split())


def inside(name: str, command: list[str], *, text: str | None = None) -> str:
    """Return the output of a command run in a machine's namespace."""
    return run(["ip", "netns", "exec", name, *command], text=text)
