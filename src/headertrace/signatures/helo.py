"""What the client called itself (HELO or EHLO, RFC 5321, section 4.1.1.1)."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_hop
from headertrace.signatures.names import PLATFORMS_NAMES, greeting_traits
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature("HT101", on=trait.HELO_CONSTANT, side=Side.CLIENT, misuse=+1, capped=True)
def bulk_mailer_constant(scene: Scene) -> Clues:
    """The client greeted with a constant of bulk mailing programs, such as User.

    Why it matters: such a program says the same word from every machine it runs on.
    Innocent causes: a machine that really has this name; a test by hand.
    Reference: SpamAssassin FSL_NEW_HELO_USER, HELO_OEM, HELO_FRIEND; rspamd RCVD_HELO_USER.
    """
    return in_hop(_speaker(scene, trait.HELO_CONSTANT), "helo")


@signature("HT102", on=trait.HELO_HIRED_DESKTOP, side=Side.CLIENT, misuse=+1)
def hired_desktop_name(scene: Scene) -> Clues:
    """The client bears the name of a cloned or rented Windows: an installer's, not a person's.

    Why it matters: mailers run on rented desktops, whose installer's name nobody changes.
    Innocent causes: a site's own Windows server that nobody renamed.
    Reference: open-relay samples of blocklists, 2012 to 2022; RFC 5321, section 4.1.4.
    """
    return in_hop(_speaker(scene, trait.HELO_HIRED_DESKTOP), "helo")


@signature(
    "HT104",
    on=trait.HELO_UNQUALIFIED | trait.HELO_INNER_SUFFIX,
    unless=trait.HELO_CONSTANT | trait.HELO_HIRED_DESKTOP | PLATFORMS_NAMES,
    side=Side.CLIENT,
    misuse=+1,
    capped=True,
)
def unqualified_greeting(scene: Scene) -> Clues:
    """The client greeted with a single word or an inner name: no host name that others could look up.

    Why it matters: mail servers have public names; what has none is somebody's desktop or program.
    Innocent causes: office workstations, developers' laptops, printers, containers.
    Reference: SpamAssassin FSL_HELO_NON_FQDN_1; rspamd HFILTER_HELO_5; RFC 5321, section 2.3.5.
    """
    return in_hop(scene.entry, "helo")


@signature("HT105", on=trait.HELO_LITERAL, side=Side.CLIENT)
def literal_greeting(scene: Scene) -> Clues:
    """The client greeted with an address in brackets, as mail programs for people do.

    Why it matters: it tells a mail program from a server and from most bulk mailers.
    Innocent causes: Thunderbird, Apple Mail and others greet so.
    Reference: RFC 5321, section 4.1.3; SpamAssassin RCVD_HELO_IP_MISMATCH.
    """
    return in_hop(scene.entry, "helo")


@signature("HT106", on=trait.HELO_BARE_ADDRESS, side=Side.CLIENT)
def bare_address_greeting(scene: Scene) -> Clues:
    """The client greeted with an address without brackets, which the standard does not allow.

    Why it matters: home-made programs do that.
    Innocent causes: appliances and old scripts; a web mail's field that begins with the browser's address.
    Reference: SpamAssassin FSL_HELO_BARE_IP_1; rspamd HFILTER_HELO_BAREIP; RFC 5321, section 4.1.3.
    """
    return in_hop(scene.entry, "helo")


@signature("HT107", on=trait.HELO_LOCALHOST, also=trait.CLIENT_PUBLIC, side=Side.CLIENT)
def stranger_says_localhost(scene: Scene) -> Clues:
    """A client with a public address called itself localhost.

    Why it matters: the name is never true on a network.
    Innocent causes: git send-email and scripts on a laptop whose host name was never set.
    Reference: SpamAssassin HELO_LOCALHOST; rspamd RECEIVED_HELO_LOCALHOST.
    """
    return in_hop(scene.entry, "helo", "ip")


@signature(
    "HT109",
    on=trait.HELO_BIG_PROVIDER,
    side=Side.CLIENT,
    misuse=+1,
    bears={Scenario.FORGED_TRAIL: +1, Scenario.OPEN_RELAY: +1},
)
def borrowed_provider_name(scene: Scene) -> Clues:
    """The client greeted with the bare domain of a big provider, which its servers never do.

    Why it matters: the providers' servers greet with host names; the bare domain is a disguise.
    Innocent causes: none known in mail from people.
    Reference: SpamAssassin RCVD_FAKE_HELO_DOTCOM, NO_RDNS_DOTCOM_HELO, FSL_HELO_FAKE.
    """
    return in_hop(_speaker(scene, trait.HELO_BIG_PROVIDER), "helo")


@signature(
    "HT110", on=trait.HELO_DYNAMIC, also=trait.CLIENT_PUBLIC, unless=trait.AUTH, side=Side.CLIENT, misuse=+1
)
def dynamic_greeting(scene: Scene) -> Clues:
    """The client greeted with a name of a provider's pool for homes and did not log in.

    Why it matters: infected home computers take their reverse name for a greeting.
    Innocent causes: a small server on a home line.
    Reference: SpamAssassin HELO_DYNAMIC_IPADDR, _DHCP, _HCC, _SPLIT_IP; rspamd HFILTER_HELO_1.
    """
    return in_hop(scene.entry, "helo")


@signature("HT114", on=trait.HELO_GARBLED, side=Side.CLIENT, misuse=+1)
def garbled_greeting(scene: Scene) -> Clues:
    """The client's greeting is no name at all: it holds characters that no host name may hold.

    Why it matters: programs written for one purpose skip what the standard asks.
    Innocent causes: machines named in other alphabets or with blanks and apostrophes.
    Reference: RFC 5321, section 4.1.2; rspamd HFILTER_HELO_4.
    """
    return in_hop(_speaker(scene, trait.HELO_GARBLED), "helo")


@signature("HT115", on=trait.HELO_RANDOM, side=Side.CLIENT, misuse=+1)
def random_greeting(scene: Scene) -> Clues:
    """The client greeted with letters that no tongue could say: one made up for the session.

    Why it matters: mailers that change their greeting each time escape filters that count it.
    Innocent causes: abbreviations and serial numbers used as machine names.
    Reference: HELO of mailers seen in open-relay samples.
    """
    return in_hop(_speaker(scene, trait.HELO_RANDOM), "helo")


@signature(
    "HT117",
    on=trait.GREETING_IS_NAME,
    also=trait.HELO_QUALIFIED | trait.CLIENT_PUBLIC,
    side=Side.CLIENT,
    misuse=-1,
)
def greeting_is_its_name(scene: Scene) -> Clues:
    """The client greeted with the very name that its address has in the DNS.

    Why it matters: somebody set up this server with care, and can be asked about it.
    Innocent causes: it is the innocent cause; spammers' own servers do it too.
    Reference: RFC 8601, section 3 (iprev); SpamAssassin KHOP_HELO_FCRDNS (its opposite).
    """
    return in_hop(scene.entry, "helo", "rdns")


@signature(
    "HT118",
    on=trait.GREETING_IS_SERVER,
    also=trait.CLIENT_PUBLIC,
    unless=trait.RDNS_STATED | trait.NEIGHBOUR,
    side=Side.CLIENT,
)
def says_the_servers_name(scene: Scene) -> Clues:
    """A client from outside greeted with the receiving server's own name.

    Why it matters: nobody else bears that name; the greeting is to look like home.
    Innocent causes: a server that meets itself behind a NAT.
    Reference: SpamAssassin KHOP_HELO_AS_VICTIM, RCVD_DOUBLE_IP_SPAM.
    """
    return in_hop(scene.entry, "helo", "by")


@signature(
    "HT119",
    on=trait.HELO_LITERAL | trait.HELO_BARE_ADDRESS,
    also=trait.CLIENT_PUBLIC,
    side=Side.CLIENT,
    by_text=True,
)
def foreign_literal(scene: Scene) -> Clues:
    """The address in the greeting is a public one, and not the address from which the client came.

    Why it matters: a machine knows its own address; only behind a NAT is it private.
    Innocent causes: hosts with several public addresses; carriers that use public addresses inside.
    Reference: SpamAssassin RCVD_HELO_IP_MISMATCH; rspamd HFILTER_HELO_BADIP.
    """
    hop = scene.entry
    text = (hop.helo or "").strip("[]")
    return in_hop(hop, "helo", "ip") if text[:1].isdigit() and text != str(hop.ip) and _is_outer(text) else ()


def _is_outer(text: str) -> bool:
    """Return whether an address in dotted form is none that houses use inside."""
    return not text.startswith(("10.", "192.168.", "172.", "127.", "169.254.", "100."))


def _speaker(scene: Scene, bit: int) -> Hop | None:
    hops = (*scene.chain.handovers, scene.entry)
    return next((hop for hop in hops if hop.helo and greeting_traits(hop.helo) & bit), None)
