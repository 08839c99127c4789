"""Lists, forwarders, mailing services and platforms: other people's reasons for odd paths."""

from __future__ import annotations

import re

from headertrace.signatures.evidence import Clues, in_field, in_hop, matched
from headertrace.signatures.mailboxes import same_house
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.signatures.traits import Trait
from headertrace.vocabulary import Scenario

REWRITTEN = re.compile(rb"(?i)<(?:srs[01][=+-]|prvs=|btv1=|[^<>@]*\+caf_=)")
SERVICE = re.compile(
    r"(?i)(?:^|\.)(?:sendgrid\.net|amazonses\.com|mailgun\.(?:net|org|info)|mcsv\.net|mcdlv\.net|rsgsv\.net|mandrillapp\.com|"
    r"sparkpostmail\.com|mailjet\.com|sendinblue\.com|brevo\.com|exacttarget\.com|responsys\.net|postmarkapp\.com|"
    r"mtasv\.net|constantcontact\.com|bounces?\.salesforce\.com|elasticemail\.com|smtp2go\.com|socketlabs\.com)$"
)
PROVIDER = re.compile(
    r"(?i)(?:^|\.)(?:google\.com|gmail\.com|outlook\.com|hotmail\.com|yahoo\.com|yahoodns\.net|icloud\.com|me\.com|fastmail\.com|"
    r"messagingengine\.com|mail\.ru|yandex\.net|yandex\.ru|qq\.com|163\.com|126\.com|gmx\.net|web\.de|kundenserver\.de|"
    r"proton\.ch|protonmail\.ch|zoho\.com|aol\.com|mail\.protection\.outlook\.com)$"
)


@signature("HT950", on=Trait.LIST, side=Side.STATEMENT)
def list_message(scene: Scene) -> Clues:
    """The message went through a mailing list.

    Why it matters: the newest hops and the envelope are the list's; the story is older.
    Innocent causes: every list.
    Reference: RFC 2369; RFC 2919.
    """
    return in_field(scene, "list-id", "list-post", "x-mailing-list", "x-beenthere")


@signature("HT951", on=Trait.FORWARDED, side=Side.STATEMENT, bears={Scenario.FORWARDED: +1})
def says_it_was_forwarded(scene: Scene) -> Clues:
    """A field says that a mailbox or a person sent the message on.

    Why it matters: the last sender is not the first.
    Innocent causes: it is the innocent cause.
    Reference: RFC 5322, section 3.6.6 (Resent-*); X-Forwarded-To of mailbox providers.
    """
    return in_field(scene, "resent-from", "resent-to", "x-forwarded-to", "x-forwarded-for", "x-sieve-redirected-from")


@signature("HT952", on=Trait.EXIT | Trait.DIRECT, side=Side.STATEMENT, unless=Trait.LIST, bears={Scenario.FORWARDED: +1})
def envelope_was_rewritten(scene: Scene) -> Clues:
    """The envelope's sender was rewritten by a forwarder (SRS, BATV, Gmail's caf).

    Why it matters: only forwarders and signers of envelopes do that.
    Innocent causes: it is the innocent cause.
    Reference: Sender Rewriting Scheme; draft-levine-smtp-batv.
    """
    return matched(scene, "return-path", REWRITTEN)


@signature("HT953", on=Trait.ESP, side=Side.STATEMENT, misuse=-1)
def mailing_service_field(scene: Scene) -> Clues:
    """A field that only mailing services write names a campaign or a customer.

    Why it matters: the service knows its customer and lets him in by contract.
    Innocent causes: it is the innocent cause; services are misused too, but not as relays.
    Reference: Feedback-ID, X-SES-Outgoing, X-SG-EID, X-Mailgun-Sid, CSA-Complaints.
    """
    return in_field(scene, "feedback-id", "x-ses-outgoing", "x-sg-eid", "x-mailgun-sid", "x-mc-user", "x-campaign")


@signature("HT954", on=Trait.EXIT | Trait.DIRECT, side=Side.PATH, misuse=-1)
def handed_over_by_a_service(scene: Scene) -> Clues:
    """A mailing service handed the message over.

    Why it matters: its machines take mail from customers only.
    Innocent causes: it is the innocent cause.
    Reference: reverse names of mailing services.
    """
    found = next((hop for hop in scene.chain.handovers if hop.rdns and SERVICE.search(hop.rdns)), None)
    return in_hop(found, "rdns") if found else ()


@signature("HT955", on=Trait.EXIT, side=Side.PATH, misuse=-1)
def let_in_by_a_mailbox_provider(scene: Scene) -> Clues:
    """The server that took the message in belongs to a big mailbox provider.

    Why it matters: their users log in, whether the field says so or not; their doors are not open.
    Innocent causes: it is the innocent cause; a fresh mailbox serves a scammer as well.
    Reference: names of providers' submission servers.
    """
    by = scene.entry.by
    return in_hop(scene.entry, "by") if by and PROVIDER.search(by) else ()


@signature("HT956", on=Trait.SIGNED, side=Side.STATEMENT, misuse=-1)
def signed_by_the_writers_house(scene: Scene) -> Clues:
    """A DKIM signature names the writer's own organisation.

    Why it matters: his house's server signed it, if the signature holds.
    Innocent causes: it is the innocent cause; a stolen account is signed as well; a list may break it.
    Reference: RFC 6376, section 3.5 (d=).
    """
    domain = scene.boxes.sender_domain
    for value in scene.trace.section.values("dkim-signature") if domain else ():
        found = SIGNER.search(value)
        if found and same_house(found[1].decode("ascii", "replace").lower(), domain):
            return in_field(scene, "dkim-signature", "from")
    return ()


SIGNER = re.compile(rb"(?i)(?:^|[;\s])d\s*=\s*([a-z0-9.-]+)")


@signature("HT957", on=Trait.LIST, also=Trait.DIRECT, side=Side.STATEMENT, misuse=-1, bears={Scenario.DIRECT_TO_MX: +1})
def sent_straight_to_the_list(scene: Scene) -> Clues:
    """The list's own server took the message in from the client.

    Why it matters: there is no relay between the writer and the list.
    Innocent causes: it is the innocent cause.
    Reference: RFC 5321, section 3.9.2.
    """
    return in_field(scene, "list-id", "list-post") + in_hop(scene.entry, "by")
