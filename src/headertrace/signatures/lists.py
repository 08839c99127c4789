"""Lists, forwarders, mailing services and platforms: other people's reasons for odd paths."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.names import reverse_traits
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature("HT950", on=trait.LIST, side=Side.STATEMENT)
def list_message(scene: Scene) -> Clues:
    """The message went through a mailing list.

    Why it matters: the newest hops and the envelope are the list's; the story is older.
    Innocent causes: every list.
    Reference: RFC 2369; RFC 2919.
    """
    return in_field(scene, "list-id", "list-post", "x-mailing-list", "x-beenthere")


@signature(
    "HT951",
    on=trait.FORWARDED,
    side=Side.STATEMENT,
    bears={Scenario.FORWARDED: +1, Scenario.DIRECT_TO_MX: -1},
)
def says_it_was_forwarded(scene: Scene) -> Clues:
    """A field says that a mailbox or a person sent the message on.

    Why it matters: the last sender is not the first.
    Innocent causes: it is the innocent cause.
    Reference: RFC 5322, section 3.6.6 (Resent-*); X-Forwarded-To of mailbox providers.
    """
    return in_field(
        scene, "resent-from", "resent-to", "x-forwarded-to", "x-forwarded-for", "x-sieve-redirected-from"
    )


@signature(
    "HT952",
    on=trait.REWRITTEN_PATH,
    side=Side.STATEMENT,
    bears={Scenario.FORWARDED: +1, Scenario.DIRECT_TO_MX: -1},
)
def envelope_was_rewritten(scene: Scene) -> Clues:
    """The envelope's sender was rewritten by a forwarder (SRS, BATV, Gmail's caf).

    Why it matters: only forwarders and signers of envelopes do that.
    Innocent causes: it is the innocent cause.
    Reference: Sender Rewriting Scheme; draft-levine-smtp-batv.
    """
    return in_field(scene, "return-path")


@signature("HT953", on=trait.ESP, side=Side.STATEMENT, misuse=-1)
def mailing_service_field(scene: Scene) -> Clues:
    """A field that only mailing services write names a campaign or a customer.

    Why it matters: the service knows its customer and lets him in by contract.
    Innocent causes: it is the innocent cause; services are misused too, but not as relays.
    Reference: Feedback-ID, X-SES-Outgoing, X-SG-EID, X-Mailgun-Sid, CSA-Complaints.
    """
    return in_field(
        scene, "feedback-id", "x-ses-outgoing", "x-sg-eid", "x-mailgun-sid", "x-mc-user", "x-campaign"
    )


@signature("HT954", on=trait.SERVICE_CLIENT, side=Side.PATH, misuse=-1)
def handed_over_by_a_service(scene: Scene) -> Clues:
    """A mailing service handed the message over.

    Why it matters: its machines take mail from customers only.
    Innocent causes: it is the innocent cause.
    Reference: reverse names of mailing services.
    """
    found = (
        hop for hop in scene.chain.handovers if hop.rdns and reverse_traits(hop.rdns) & trait.SERVICE_CLIENT
    )
    return in_hop(next(found, None), "rdns")


@signature("HT955", on=trait.PROVIDER_SERVER, also=trait.EXIT, side=Side.PATH, misuse=-1)
def let_in_by_a_mailbox_provider(scene: Scene) -> Clues:
    """The server that took the message in belongs to a big mailbox provider.

    Why it matters: their users log in, whether the field says so or not; their doors are not open.
    Innocent causes: it is the innocent cause; a fresh mailbox serves a scammer as well.
    Reference: names of providers' submission servers.
    """
    return in_hop(scene.entry, "by")


@signature(
    "HT958",
    on=trait.FILTER_SERVICE,
    also=trait.CLIENT_PUBLIC | trait.EXIT,
    unless=trait.AUTH,
    side=Side.PATH,
    bears={Scenario.FORWARDED: +1, Scenario.OPEN_RELAY: -1},
)
def taken_in_by_a_filter_for_hire(scene: Scene) -> Clues:
    """The server that took the message in belongs to a service that filters other houses' mail.

    Why it matters: it takes strangers' mail for its customers, and hands it on to their servers.
    Innocent causes: it is the innocent cause; a customer whose own server is misused sends by it as well.
    Reference: names of filter services' exchangers; one misused relay of 362 whose client shows is one.
    """
    return in_hop(scene.entry, "by")


@signature("HT956", on=trait.SIGNED_BY_HOUSE, side=Side.STATEMENT, misuse=-1)
def signed_by_the_writers_house(scene: Scene) -> Clues:
    """A DKIM signature names the writer's own organisation.

    Why it matters: his house's server signed it, if the signature holds.
    Innocent causes: it is the innocent cause; a stolen account is signed as well; a list may break it.
    Reference: RFC 6376, section 3.5 (d=).
    """
    return in_field(scene, "dkim-signature", "from")


@signature(
    "HT957",
    on=trait.LIST,
    also=trait.DIRECT,
    side=Side.STATEMENT,
    misuse=-1,
    bears={Scenario.DIRECT_TO_MX: +1},
)
def sent_straight_to_the_list(scene: Scene) -> Clues:
    """The list's own server took the message in from the client.

    Why it matters: there is no relay between the writer and the list.
    Innocent causes: it is the innocent cause.
    Reference: RFC 5321, section 3.9.2.
    """
    return in_field(scene, "list-id", "list-post") + in_hop(scene.entry, "by")
