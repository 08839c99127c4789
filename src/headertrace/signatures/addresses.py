"""What the client's address is."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature(
    "HT301",
    on=trait.CLIENT_PRIVATE,
    side=Side.PATH,
    unless=trait.AUTH,
    bears={
        Scenario.INTERNAL_SUBMISSION: +1,
        Scenario.OPEN_RELAY_NAT: +1,
        Scenario.OPEN_RELAY: -1,
        Scenario.COMPROMISED_HOST: +1,
    },
)
def private_client_without_login(scene: Scene) -> Clues:
    """The first client has a private address and did not log in: somebody inside, or a stranger behind a
    mask.

    Why it matters: a NAT that rewrites source addresses makes every stranger look like this.
    Innocent causes: nearly all: offices, platforms, containers.
    Reference: RFC 1918; RFC 6598; RFC 4193.
    """
    return in_hop(scene.entry, "ip")


@signature(
    "HT302",
    on=trait.CLIENT_GATEWAY,
    side=Side.PATH,
    unless=trait.AUTH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_NAT: +1, Scenario.INTERNAL_SUBMISSION: -1, Scenario.COMPROMISED_HOST: -1},
)
def gateway_like_client(scene: Scene) -> Clues:
    """The private client's address ends in .1, .2, .253 or .254, as gateways' addresses do.

    Why it matters: source rewriting puts the gateway's inner address in the stranger's place.
    Innocent causes: VPN and branch offices behind NAT; Docker hosts; small networks that start counting at 1.
    Reference: 53 % of relay abuse, 1 % of other private clients with bare greetings.
    """
    return in_hop(scene.entry, "ip")


@signature(
    "HT303",
    on=trait.NEIGHBOUR,
    side=Side.PATH,
    unless=trait.AUTH,
    bears={Scenario.OPEN_RELAY_NAT: +1, Scenario.INTERNAL_SUBMISSION: +1, Scenario.OPEN_RELAY: -1},
)
def neighbour_of_the_relay(scene: Scene) -> Clues:
    """The client's public address lies in the network from which the relay itself is seen outside.

    Why it matters: a site's own gateway, or its neighbour, stands where a stranger should.
    Innocent causes: sites whose machines have public addresses; universities.
    Reference: the site's /24, or /64 for IPv6.
    """
    return in_hop(scene.entry, "ip") + in_hop(scene.chain.exit, "ip")


@signature("HT304", on=trait.CLIENT_SHARED, side=Side.PATH, bears={Scenario.OPEN_RELAY_NAT: +1})
def carrier_shared_client(scene: Scene) -> Clues:
    """The client's address belongs to a carrier's shared range, 100.64.0.0/10.

    Why it matters: many strangers share it: a server that trusts it trusts them all.
    Innocent causes: cloud platforms and overlay networks use the range inside.
    Reference: RFC 6598.
    """
    return in_hop(scene.entry, "ip")


@signature(
    "HT305",
    on=trait.CLIENT_CONTAINER,
    side=Side.PATH,
    unless=trait.AUTH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_NAT: +1},
)
def container_bridge_client(scene: Scene) -> Clues:
    """The client's address is a Docker host's end of a bridge, or lies in a pod network.

    Why it matters: Docker's userland proxy and Kubernetes nodes put it in the place of every outside client.
    Innocent causes: a container on the same host that mails through its neighbour.
    Reference: Docker bridge networks 172.17.0.0/16 and up; externalTrafficPolicy of Kubernetes services.
    """
    return in_hop(scene.entry, "ip")


@signature("HT306", on=trait.CLIENT_LINK_LOCAL, side=Side.PATH, bears={Scenario.INTERNAL_SUBMISSION: +1})
def link_local_client(scene: Scene) -> Clues:
    """The client's address is link-local: it sits on the server's own wire.

    Why it matters: no gateway forwards such an address.
    Innocent causes: it is the innocent cause.
    Reference: RFC 3927; RFC 4291, section 2.5.6.
    """
    return in_hop(scene.entry, "ip")


@signature("HT307", on=trait.CLIENT_IMPOSSIBLE, side=Side.PATH, bears={Scenario.FORGED_TRAIL: +1})
def impossible_address(scene: Scene) -> Clues:
    """A client's address is one from which nobody can connect: multicast, reserved or this-network.

    Why it matters: no server recorded that; somebody wrote the field.
    Innocent causes: redaction of samples.
    Reference: SpamAssassin RCVD_ILLEGAL_IP, HK_RCVD_IP_MULTICAST; RFC 1122, section 3.2.1.3.
    """
    return in_hop(scene.entry, "ip")


@signature(
    "HT308",
    on=trait.SAME_SUBNET,
    also=trait.CLIENT_GATEWAY,
    unless=trait.AUTH,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_NAT: +1, Scenario.COMPROMISED_HOST: -1},
)
def gateway_of_the_servers_own_subnet(scene: Scene) -> Clues:
    """The client's gateway-like address lies in the server's own network, as its default gateway's does.

    Why it matters: it is the very address that source rewriting on that gateway produces.
    Innocent causes: hairpin NAT, VPN and a filter that runs on the gateway.
    Reference: the addresses behind FROM and BY, as Exchange writes both.
    """
    return in_hop(scene.entry, "ip", "by_ip")


@signature(
    "HT309",
    on=trait.CLIENT_LOOPBACK | trait.LOCAL_BEFORE,
    side=Side.PATH,
    unless=trait.CLIENT_PUBLIC | trait.CLIENT_PRIVATE,
    bears={
        Scenario.COMPROMISED_HOST: +1,
        Scenario.OPEN_RELAY_APPLIANCE: -1,
        Scenario.INTERNAL_SUBMISSION: +1,
    },
)
def mail_from_the_host_itself(scene: Scene) -> Clues:
    """The message began on the server itself: loopback, a local program or a local user.

    Why it matters: no network client shows: a program on this host sent it, or a proxy on it for a stranger.
    Innocent causes: web mail, mailing lists, cron, every local user.
    Reference: SpamAssassin's local hops; rspamd compromised_hosts.
    """
    return in_hop(scene.chain.older or scene.chain.entry, "from_name", "by")


@signature(
    "HT310",
    on=trait.SQUATTED,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_NAT: +1, Scenario.OPEN_RELAY: -1},
)
def squatted_inner_address(scene: Scene) -> Clues:
    """The client's address is a public one, but its name is the bare inner name of a gateway.

    Why it matters: sites use foreign public ranges inside; the mask is then a public address.
    Innocent causes: hosts files that name a partner's address.
    Reference: systemd's ``_gateway``; inner DNS names without a domain.
    """
    return in_hop(scene.entry, "rdns", "ip")


@signature("HT311", on=trait.SELF_ADDRESS, side=Side.PATH, bears={Scenario.FORGED_TRAIL: +1})
def one_address_on_both_sides(scene: Scene) -> Clues:
    """One address stands both for the client and for the server, and their names differ.

    Why it matters: a host does not hand over to itself by its outer address; templates of spamware do.
    Innocent causes: a server that resends through itself.
    Reference: SpamAssassin RCVD_DOUBLE_IP_SPAM; rspamd RCVD_DOUBLE_IP_SPAM.
    """
    return in_hop(scene.entry, "ip", "by_ip")


@signature(
    "HT312",
    on=trait.OWN_ADDRESS,
    side=Side.PATH,
    unless=trait.AUTH,
    bears={
        Scenario.OPEN_RELAY_NAT: +1,
        Scenario.INTERNAL_SUBMISSION: +1,
        Scenario.OPEN_RELAY: -1,
    },
)
def client_at_the_servers_own_address(scene: Scene) -> Clues:
    """The client comes from the very address by which the outside knows the server, and greets as no host of
    its house.

    Why it matters: a gateway that rewrites source addresses may put its outer one in the stranger's place.
    Innocent causes: offices that reach their server by its outer address (hairpin NAT), or share it.
    Reference: the addresses behind FROM at the entry and at the exit; two misused relays of the labelled
    ones.
    """
    return in_hop(scene.entry, "ip", "helo") + in_hop(scene.chain.exit, "ip", "rdns")
