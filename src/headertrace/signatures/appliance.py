"""In at one machine, out by another behind it: the appliance story (RFC 5321, section 7.1)."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

# Each of these tells the appliance story another way: somebody answers for the client, or sent it on.
ANOTHER_WAY = (
    trait.AUTH
    | trait.LOGIN_SERVER
    | trait.KNOWN_CUSTOMER
    | trait.SERVER_CLIENT
    | trait.FILTER_SERVICE
    | trait.OTHER_HAND
    | trait.REWRITTEN_RECIPIENT
    | trait.REWRITTEN_PATH
    | trait.FORWARDED
    | trait.ESP
    | trait.REPORT
    | trait.DAEMON
    | trait.CONVERSATION
    | trait.PATCH
)
COLLEAGUE = trait.OWN_FROM | trait.PEOPLES_PROGRAM


def _is_colleague(traits: int) -> bool:
    """Return whether the writer is of the relay's house and writes with a program for people.

    Each alone may be a disguise. Together they are a colleague at home: the one presumed innocent message
    of 76,430 that goes the whole way.
    """
    return traits & COLLEAGUE == COLLEAGUE


@signature(
    "HT402",
    on=trait.INNER_HOP,
    also=trait.CLIENT_PUBLIC | trait.EXIT | trait.INSIDE_HOUSE | trait.FOREIGN_RECIPIENT,
    unless=ANOTHER_WAY,
    side=Side.PATH,
    misuse=+1,
    by_text=True,
    bears={Scenario.OPEN_RELAY_APPLIANCE: +1},
)
def stranger_through_the_appliance(scene: Scene) -> Clues:
    """A public stranger's mail for a foreign recipient went in at one machine and out by another behind it.

    Why it matters: the inner server took the appliance for one of its own and let the stranger's mail out.
    Innocent causes: a provider's relay for customers who are known by their address; filters for hire.
    Reference: the appliance story: public client, private hop, same organisation, no login, foreign FOR.
    """
    if _is_colleague(scene.traits):
        return ()
    return (
        in_hop(scene.entry, "ip", "recipients")
        + in_hop(scene.chain.inner, "ip")
        + in_hop(scene.chain.exit, "ip")
    )


@signature(
    "HT414",
    on=trait.INNER_HOP,
    also=trait.CLIENT_PUBLIC | trait.EXIT,
    unless=trait.AUTH
    | trait.LOGIN_SERVER
    | trait.RELAY_CUSTOMER
    | trait.FOREIGN_RECIPIENT
    | trait.OWN_RECIPIENT
    | trait.HELO_QUALIFIED
    | trait.CONVERSATION
    | trait.PATCH
    | trait.PEOPLES_PROGRAM,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_APPLIANCE: +1},
)
def in_at_one_machine_out_by_another(scene: Scene) -> Clues:
    """A public client without a host name came in at one machine and left by another; no field tells for
    whom.

    Why it matters: it is the appliance story without its last proof, the foreign recipient.
    Innocent causes: mail for several recipients that a house forwards; smarthosts of customers.
    Reference: servers leave FOR out where there are several recipients (RFC 5321, section 7.2).
    """
    return _in_inside_and_out(scene)


@signature(
    "HT416",
    on=trait.INNER_HOP,
    also=trait.CLIENT_PUBLIC | trait.EXIT | trait.INSIDE_HOUSE,
    unless=(ANOTHER_WAY & ~trait.SERVER_CLIENT) | trait.OWN_RECIPIENT,
    side=Side.PATH,
    bears={Scenario.OPEN_RELAY_APPLIANCE: +1},
)
def handed_on_inside_the_house(scene: Scene) -> Clues:
    """A machine took mail from a public client and handed it to another of its house, which let it out.

    Why it matters: it is the way of the appliance story, by whatever name the client greets.
    Innocent causes: forwarding by a house with a filter in front; smarthosts of customers.
    Reference: many filters name no recipient in their fields (IronPort, qpsmtpd, Haraka, Barracuda), so
    the message cannot tell a relay from a forward: it lists the story and moves no score of misuse.
    """
    return _in_inside_and_out(scene)


@signature(
    "HT415",
    on=trait.MARKS_LOGINS | trait.TAKES_NO_LOGINS,
    also=trait.CLIENT_PUBLIC | trait.EXIT | trait.INSIDE_HOUSE | trait.ADDRESSED_OUT,
    unless=ANOTHER_WAY | trait.FOREIGN_RECIPIENT | trait.OWN_RECIPIENT,
    side=Side.PATH,
    misuse=+1,
    by_text=True,
    bears={Scenario.OPEN_RELAY_APPLIANCE: +1},
)
def addressed_through_the_appliance(scene: Scene) -> Clues:
    """A public stranger's mail went in at one machine and out by another behind it, to the very recipient
    whom the writer named in To.

    Why it matters: where the servers name nobody, To tells that the mail was for a foreigner from the start:
    what is forwarded names the house's own mailbox there.
    Innocent causes: customers who are known by their address; several recipients, one of them the house's.
    Reference: servers leave FOR out where there are several recipients (RFC 5321, section 7.2).
    """
    if _is_colleague(scene.traits):
        return ()
    return in_hop(scene.entry, "ip") + in_field(scene, "to") + in_hop(scene.chain.exit, "ip", "recipients")


def _in_inside_and_out(scene: Scene) -> Clues:
    return in_hop(scene.entry, "ip") + in_hop(scene.chain.inner, "ip") + in_hop(scene.chain.exit, "ip")
