"""What the server knew about the client's name (reverse DNS, RFC 8601, section 3)."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature("HT201", on=trait.RDNS_FAILED, side=Side.CLIENT, bears={Scenario.OPEN_RELAY_NAT: +1})
def reverse_lookup_failed(scene: Scene) -> Clues:
    """The server says that it looked for the client's name and found none.

    Why it matters: inner addresses and rented desktops often have no name.
    Innocent causes: as many as guilty ones: 6 innocent messages to 7 guilty in an old public corpus.
    Reference: SpamAssassin RDNS_NONE; RFC 8601, section 2.7.3.
    Kept because: it is shown on every published open-relay sample, and readers ask what it means.
    """
    return in_hop(scene.entry, "rdns_status", "ip")


@signature(
    "HT202", on=trait.CLIENT_PUBLIC, unless=trait.RDNS_STATED | trait.AUTH, side=Side.CLIENT, misuse=+1
)
def nameless_stranger(scene: Scene) -> Clues:
    """A public client without a known name handed over mail without logging in.

    Why it matters: mail servers have reverse names; nameless clients are desktops, bots and rented hosts.
    Innocent causes: servers that do not record names at all, such as IIS and Exchange.
    Reference: SpamAssassin RDNS_NONE; rspamd RDNS_NONE.
    """
    return in_hop(scene.entry, "ip")


@signature("HT203", on=trait.RDNS_FORGED, side=Side.CLIENT, misuse=+1)
def name_may_be_forged(scene: Scene) -> Clues:
    """The client's reverse name does not lead back to its address.

    Why it matters: whoever owns an address range can write any name into its reverse zone.
    Innocent causes: careless DNS of small providers.
    Reference: sendmail's "may be forged"; RFC 8601, section 3.
    """
    return in_hop(scene.entry, "rdns_status", "rdns")


@signature(
    "HT204",
    on=trait.RDNS_GATEWAY,
    side=Side.PATH,
    unless=trait.AUTH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_NAT: +1, Scenario.COMPROMISED_HOST: -1},
)
def client_is_called_gateway(scene: Scene) -> Clues:
    """The client's name says gateway, firewall, NAT or router.

    Why it matters: a gateway has no mail of its own; what comes from it came through it.
    Innocent causes: a mail filter on the firewall; a VPN or a branch office behind NAT.
    Reference: 16 % of relay abuse, no innocent case, among private clients with bare greetings.
    """
    return in_hop(scene.entry, "rdns", "ip")


@signature(
    "HT205", on=trait.RDNS_DYNAMIC, also=trait.CLIENT_PUBLIC, unless=trait.AUTH, side=Side.CLIENT, misuse=+1
)
def home_line_without_login(scene: Scene) -> Clues:
    """A client on a line for homes handed over mail without a login.

    Why it matters: who sits at home must log in, except with his own access provider.
    Innocent causes: the access provider's own customers; small servers on home lines.
    Reference: SpamAssassin RDNS_DYNAMIC, KHOP_DYNAMIC; rspamd HFILTER_HOSTNAME_1.
    """
    return in_hop(scene.entry, "rdns", "ip")


@signature(
    "HT206",
    on=trait.RELAY_CUSTOMER,
    side=Side.PATH,
    also=trait.CLIENT_PUBLIC,
    misuse=-1,
    bears={Scenario.OPEN_RELAY: -1, Scenario.INTERNAL_SUBMISSION: +1},
)
def client_of_the_same_house(scene: Scene) -> Clues:
    """Client and server bear names of one organisation: a customer, a colleague or a sister server.

    Why it matters: a relay is there for its own; this client is one of them.
    Innocent causes: it is the innocent cause; an infected customer looks the same.
    Reference: RFC 5321, section 7.1; SpamAssassin RP_MATCHES_RCVD.
    """
    return in_hop(scene.entry, "rdns", "helo", "by")


@signature("HT207", on=trait.RDNS_LOCALHOST, also=trait.CLIENT_PUBLIC, side=Side.CLIENT, misuse=+1)
def public_address_named_localhost(scene: Scene) -> Clues:
    """A public address has the reverse name localhost.

    Why it matters: its owner hides, or does not care.
    Innocent causes: careless DNS of hosting providers.
    Reference: SpamAssassin RDNS_LOCALHOST.
    """
    return in_hop(scene.entry, "rdns", "ip")


@signature(
    "HT208", on=trait.RDNS_HOSTING, also=trait.CLIENT_PUBLIC, side=Side.CLIENT, unless=trait.RELAY_CUSTOMER
)
def rented_host(scene: Scene) -> Clues:
    """The client sits at a hosting provider: a rented server or desktop.

    Why it matters: hijackers work from rented hosts; people seldom write mail on them.
    Innocent causes: build machines, remote desktops, VPN exits.
    Reference: rspamd HFILTER_HOSTNAME; reverse names of hosting providers.
    """
    return in_hop(scene.entry, "rdns", "ip")


@signature(
    "HT209",
    on=trait.RDNS_STATED,
    also=trait.CLIENT_PRIVATE,
    unless=trait.RDNS_GATEWAY | trait.RDNS_LOCALHOST,
    side=Side.PATH,
    misuse=-1,
    bears={Scenario.OPEN_RELAY_NAT: -1, Scenario.INTERNAL_SUBMISSION: +1},
)
def inner_client_has_a_name(scene: Scene) -> Clues:
    """The inner DNS has a name for the private client, and it is no gateway's.

    Why it matters: a named inner machine is a workstation or server of the house, not a stranger's mask.
    Innocent causes: it is the innocent cause; an infected workstation has a name too.
    Reference: RFC 8601, section 3.
    """
    return in_hop(scene.entry, "rdns", "ip")


@signature(
    "HT210",
    on=trait.RDNS_MAIL_SERVER,
    also=trait.CLIENT_PUBLIC,
    unless=trait.BEGUN_AT_CLIENT,
    side=Side.PATH,
    misuse=-1,
    bears={Scenario.FORWARDED: +1},
)
def client_is_a_mail_server(scene: Scene) -> Clues:
    """The client is a mail server by its reverse name.

    Why it matters: what a mail server hands over was taken in by it: its own field should be below.
    Innocent causes: it is the innocent cause: servers that write no field, such as mail platforms.
    Reference: SpamAssassin RCD_RDNS_MTA, RCD_RDNS_SMTP.
    """
    return in_hop(scene.entry, "rdns")
