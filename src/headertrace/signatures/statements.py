"""What servers that we trust assert about the message: believed only where one of them wrote it."""

from __future__ import annotations

from headertrace.facts import Listed
from headertrace.signatures import assertions, trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

RESULTS = tuple(name.decode() for name in assertions.RESULTS)
SPF = ("received-spf", *RESULTS)
(REPORT,) = (name.decode() for name in assertions.REPORT)


@signature("HT981", on=trait.DKIM_HOUSE, side=Side.STATEMENT, misuse=-1)
def signature_of_the_writer_holds(scene: Scene) -> Clues:
    """A trusted server says that the DKIM signature of the writer's own house holds.

    Why it matters: that house's server let it out, and nothing was changed since.
    Innocent causes: it is the innocent cause; a stolen account is signed as well.
    Reference: RFC 8601, section 2.7.1; RFC 6376.
    """
    return in_field(scene, *RESULTS)


@signature(
    "HT982",
    on=trait.DKIM_FAIL,
    side=Side.STATEMENT,
    bears={Scenario.FORGED_TRAIL: +1},
)
def signature_does_not_hold(scene: Scene) -> Clues:
    """A trusted server says that a DKIM signature does not hold.

    Why it matters: something was changed or copied.
    Innocent causes: lists and filters that change text, key changes.
    Reference: RFC 8601, section 2.7.1.
    """
    return in_field(scene, *RESULTS)


@signature("HT983", on=trait.DMARC_PASS, side=Side.STATEMENT, misuse=-1)
def domain_policy_met(scene: Scene) -> Clues:
    """A trusted server says that the writer's domain stands behind the message (DMARC pass).

    Why it matters: a stranger on an open relay meets it only by chance.
    Innocent causes: it is the innocent cause; stolen accounts meet it.
    Reference: RFC 7489; RFC 8601, section 2.7.
    """
    return in_field(scene, *RESULTS)


@signature("HT984", on=trait.DMARC_FAIL, side=Side.STATEMENT, misuse=+1)
def domain_policy_broken(scene: Scene) -> Clues:
    """A trusted server says that the writer's domain does not stand behind the message (DMARC fail).

    Why it matters: From names a house that had no part in this.
    Innocent causes: lists and forwarders.
    Reference: RFC 7489; RFC 8601, section 2.7.
    """
    return in_field(scene, *RESULTS)


@signature("HT985", on=trait.SPF_PASS, side=Side.STATEMENT, misuse=-1)
def address_allowed_for_the_envelope(scene: Scene) -> Clues:
    """A trusted server says that the envelope's domain allows the last client (SPF pass).

    Why it matters: the relay is that domain's own.
    Innocent causes: it is the innocent cause; a misused relay sends its own domain as well.
    Reference: RFC 7208; RFC 8601, section 2.7.2; decode-spam-headers 68.
    """
    return in_field(scene, *SPF)


@signature("HT986", on=trait.SPF_FAIL, side=Side.STATEMENT, misuse=+1)
def address_not_allowed_for_the_envelope(scene: Scene) -> Clues:
    """A trusted server says that the envelope's domain does not allow the last client (SPF fail or softfail).

    Why it matters: the relay sends in a name that is not its own.
    Innocent causes: forwarders; forgotten records.
    Reference: RFC 7208; rspamd VIOLATED_DIRECT_SPF.
    """
    return in_field(scene, *SPF)


@signature(
    "HT987",
    on=trait.AUTH_PASS,
    side=Side.STATEMENT,
    bears={Scenario.STOLEN_CREDENTIALS: +1, Scenario.AUTHENTICATED_SUBMISSION: +1, Scenario.OPEN_RELAY: -1},
)
def trusted_server_saw_a_login(scene: Scene) -> Clues:
    """A trusted server says that the client logged in (auth=pass).

    Why it matters: then a password was used, the owner's or a thief's.
    Innocent causes: every user.
    Reference: RFC 8601, section 2.7.4.
    """
    return in_field(scene, *RESULTS)


@signature(
    "HT988",
    on=trait.ARC_PASS,
    side=Side.STATEMENT,
    bears={Scenario.FORWARDED: +1},
)
def earlier_results_vouched_for(scene: Scene) -> Clues:
    """A trusted server says that the chain of ARC seals holds.

    Why it matters: forwarders and lists sealed what they saw.
    Innocent causes: it is the innocent cause.
    Reference: RFC 8617; RFC 8601.
    """
    return in_field(scene, *RESULTS)


@signature("HT989", on=trait.NO_PTR, side=Side.STATEMENT, misuse=+1)
def microsoft_found_no_name(scene: Scene) -> Clues:
    """Microsoft's filter says that the connecting address has no reverse name.

    Why it matters: mail servers have names.
    Innocent causes: new or careless servers.
    Reference: X-Forefront-Antispam-Report, PTR.
    """
    return in_field(scene, REPORT)


@signature(
    "HT990",
    on=trait.OTHER_CLIENT,
    side=Side.STATEMENT,
    bears={Scenario.FORGED_TRAIL: +1},
)
def microsoft_saw_another_client(scene: Scene) -> Clues:
    """The connecting address in Microsoft's report stands in no Received field.

    Why it matters: fields are missing, or were changed.
    Innocent causes: hybrid set-ups and connectors that skip listed servers.
    Reference: X-Forefront-Antispam-Report, CIP.
    """
    return in_field(scene, REPORT)


@signature("HT991", on=trait.BARE_GREETING, side=Side.STATEMENT, misuse=+1)
def microsoft_heard_a_bare_greeting(scene: Scene) -> Clues:
    """Microsoft's filter says that the connecting client greeted with a single word or an address.

    Why it matters: what connects to a recipient's server should be a mail server with a name.
    Innocent causes: devices and scripts that use Microsoft's servers directly.
    Reference: X-Forefront-Antispam-Report, H; decode-spam-headers 12.
    """
    return in_field(scene, REPORT)


@signature("HT992", by_text=True, on=trait.CLIENT_PUBLIC, needs=("reverse",), side=Side.CLIENT, misuse=+1)
def looked_up_name_missing(scene: Scene) -> Clues:
    """A look-up found no reverse name for the client today.

    Why it matters: mail servers have names; but the look-up is of today, not of then.
    Innocent causes: addresses that changed hands.
    Reference: RFC 8601, section 3.
    """
    fact = scene.facts.reverse.get(str(scene.entry.ip)) if scene.facts else None
    return in_hop(scene.entry, "ip") if fact is not None and not fact.names else ()


@signature("HT993", on=trait.EXIT, needs=("listings",), by_text=True, side=Side.STATEMENT, misuse=+1)
def relay_is_listed(scene: Scene) -> Clues:
    """A look-up found the relay's public address on a blocklist.

    Why it matters: others saw abuse from there; the look-up is of today, not of then.
    Innocent causes: shared addresses; lists of home lines.
    Reference: RFC 5782; SpamAssassin's and rspamd's list rules.
    """
    left = scene.chain.exit
    listed = scene.facts.listings.get(str(left.ip), ()) if scene.facts and left else ()
    return in_hop(left, "ip") if any(fact.state == Listed.LISTED for fact in listed) else ()
