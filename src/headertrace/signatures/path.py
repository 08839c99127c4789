"""How the message travelled: order, joints and hand-overs."""

from __future__ import annotations

from headertrace.defects import DefectKind
from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

TWO_IN_ONE = (DefectKind.GLUED_FIELDS, DefectKind.REPEATED_CLAUSE)


@signature("HT401", on=trait.OLDEST, side=Side.PATH, misuse=+1)
def first_field_is_the_entry(scene: Scene) -> Clues:
    """No Received field is older than the entry: the client wrote none.

    Why it matters: a server would have written one; a mail program or a mailer does not.
    Innocent causes: every mail program of a person.
    Reference: 100 % of relay abuse, 45 % of other private clients with bare greetings.
    """
    return in_hop(scene.entry, "by")


@signature(
    "HT403",
    on=trait.FOREIGN_RECIPIENT,
    also=trait.CLIENT_PUBLIC | trait.EXIT,
    unless=trait.AUTH | trait.RELAY_CUSTOMER | trait.REWRITTEN_RECIPIENT | trait.OWN_FROM,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY: +1},
)
def foreign_to_foreign(scene: Scene) -> Clues:
    """A server took mail from a stranger without a login, for a recipient who is not its own.

    Why it matters: that is what an open relay is.
    Innocent causes: smarthosts of customers known by address; filters in front of customers' domains.
    Reference: RFC 5321, section 7.1; RFC 2505, section 2.1.
    """
    return in_hop(scene.entry, "ip", "recipients", "by")


@signature(
    "HT404",
    on=trait.DIRECT,
    side=Side.PATH,
    misuse=-1,
    bears={
        Scenario.DIRECT_TO_MX: +1,
        Scenario.OPEN_RELAY: -1,
        Scenario.OPEN_RELAY_NAT: -1,
        Scenario.STOLEN_CREDENTIALS: -1,
    },
)
def straight_to_the_recipient(scene: Scene) -> Clues:
    """The server that took the message in is the recipient's or the list's own.

    Why it matters: nobody relayed: there is no relay to accuse.
    Innocent causes: it is the innocent cause; bots do the same.
    Reference: SpamAssassin __DOS_DIRECT_TO_MX; rspamd DIRECT_TO_MX.
    """
    return in_hop(scene.entry, "by")


@signature("HT405", on=trait.FORGED_BELOW, side=Side.PATH, bears={Scenario.FORGED_TRAIL: +1})
def fields_of_a_nameless_client(scene: Scene) -> Clues:
    """A client that is no mail server by its greeting, or that borrows a name of the server's own house,
    handed over fields of other servers, which do not name it.

    Why it matters: whatever stands below such a client, it wrote itself: the trail is invented.
    Innocent causes: a server that greets with a bare name, behind another that it does not know by name;
    people who send a received message on as it came.
    Reference: SpamAssassin __FORGED_RCVD_TRAIL, CONFIRMED_FORGED.
    """
    return in_hop(scene.chain.forged, "by", "ip") + in_hop(scene.entry, "helo", "ip")


@signature("HT406", on=trait.HANDOVERS, side=Side.PATH, bears={Scenario.FORWARDED: +1})
def several_handovers(scene: Scene) -> Clues:
    """The message went through three or more organisations.

    Why it matters: forwarding and lists explain that, a relay for strangers seldom does.
    Innocent causes: it is the innocent cause.
    Reference: SpamAssassin FSL_RCVD_EX_n; rspamd RCVD_COUNT.
    """
    return tuple(clue for hop in scene.chain.handovers for clue in in_hop(hop, "ip"))


@signature("HT407", on=trait.ADDRESS_TWICE, side=Side.PATH, bears={Scenario.FORGED_TRAIL: +1})
def address_twice_in_a_row(scene: Scene) -> Clues:
    """Two fields one above the other show the same client address, recorded by different organisations.

    Why it matters: one host cannot hand the same message to two organisations in turn.
    Innocent causes: a filter that passes the outer address on (XCLIENT).
    Reference: SpamAssassin DOS_RCVD_IP_TWICE, DOS_FORGED_RCVD_QUADS.
    """
    return in_hop(scene.entry, "ip") + in_hop(scene.chain.exit, "ip")


@signature("HT408", on=trait.GLUED, side=Side.PATH, by_text=True, bears={Scenario.FORGED_TRAIL: +1})
def glued_fields(scene: Scene) -> Clues:
    """Two Received fields run together in one.

    Why it matters: a template with a wrong line end gives itself away.
    Innocent causes: gateways that unfold fields badly.
    Reference: SpamAssassin RCVD_DBL_DQ; RFC 5322, section 2.2.3.
    """
    wrong = any(defect.kind in TWO_IN_ONE for defect in scene.entry.defects)
    return in_hop(scene.entry, "field") if wrong else ()


@signature("HT409", on=trait.SLOW, side=Side.PATH, misuse=+1)
def stuck_in_the_queue(scene: Scene) -> Clues:
    """The relay kept the message for more than an hour.

    Why it matters: a misused relay chokes on its queue, and recipients defer it.
    Innocent causes: greylisting, outages, moderated lists, laptops that sleep.
    Reference: the dates of the entry and of the exit.
    """
    return in_hop(scene.entry, "date") + in_hop(scene.chain.exit, "date")


@signature("HT410", on=trait.NO_HOPS, unless=trait.LOCAL_BEFORE, side=Side.PATH)
def nothing_recorded(scene: Scene) -> Clues:
    """No Received field tells of a client.

    Why it matters: nothing can be said about the way.
    Innocent causes: drafts, sent folders, exports, local mail.
    Reference: SpamAssassin NO_RECEIVED, NO_RELAYS; rspamd RCVD_COUNT_ZERO.
    """
    return in_field(scene, "from", "date", "subject")


@signature(
    "HT411",
    on=trait.EXIT,
    also=trait.CLIENT_PUBLIC | trait.MARKS_LOGINS,
    unless=trait.AUTH | trait.RELAY_CUSTOMER | trait.HELO_QUALIFIED | trait.NEIGHBOUR | trait.OWN_RECIPIENT,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY: +1, Scenario.STOLEN_CREDENTIALS: -1},
)
def stranger_let_out_without_login(scene: Scene) -> Clues:
    """A server that marks logins let out the mail of a public client with no host name, and marked none.

    Why it matters: the server says by its silence that it did not ask who this is.
    Innocent causes: customers known by their address; POP before SMTP.
    Reference: RFC 3848; RFC 2505, section 2.1.
    """
    return in_hop(scene.entry, "ip", "protocol")


@signature(
    "HT412",
    on=trait.OWN_RECIPIENT,
    side=Side.PATH,
    misuse=-1,
    bears={
        Scenario.FORWARDED: +1,
        Scenario.OPEN_RELAY: -1,
        Scenario.OPEN_RELAY_APPLIANCE: -1,
        Scenario.OPEN_RELAY_NAT: -1,
    },
)
def recipient_of_the_house(scene: Scene) -> Clues:
    """The recipient named at the entry is the server's own.

    Why it matters: taking in mail for its own people is what a server is for; what leaves is forwarded.
    Innocent causes: it is the innocent cause.
    Reference: RFC 5321, sections 3.9 and 4.4 (FOR).
    """
    return in_hop(scene.entry, "recipients", "by")


@signature(
    "HT413",
    on=trait.REWRITTEN_RECIPIENT,
    side=Side.PATH,
    misuse=-1,
    bears={Scenario.FORWARDED: +1, Scenario.OPEN_RELAY: -1},
)
def recipient_changed_on_the_way(scene: Scene) -> Clues:
    """The recipient named at the entry is another than the one named at the exit.

    Why it matters: an alias, a forward or a list sent it on; the sender did not ask for that.
    Innocent causes: it is the innocent cause.
    Reference: RFC 5321, section 3.9; rspamd PREVIOUSLY_DELIVERED.
    """
    return in_hop(scene.entry, "recipients") + in_hop(scene.chain.exit, "recipients")


@signature(
    "HT417",
    on=trait.BEGUN_AT_CLIENT,
    also=trait.CLIENT_PUBLIC | trait.DIRECT,
    side=Side.PATH,
    bears={Scenario.INTERNAL_SUBMISSION: +1, Scenario.DIRECT_TO_MX: -1},
)
def begun_at_the_clients_house(scene: Scene) -> Clues:
    """The field below the entry is the client's own: its house had the message before it sent it.

    Why it matters: a bot that goes straight to the recipient writes no field; a server that lets its own
    programs and users submit does.
    Innocent causes: it is the innocent cause; a spammer's own server writes one, too.
    Reference: RFC 5321, section 4.4; Postfix's ``from userid``, Exim's ``with local``, qmail's ``by uid``.
    """
    return in_hop(scene.chain.below, "field") + in_hop(scene.entry, "helo", "rdns")


@signature(
    "HT418",
    on=trait.BEGUN_IN_BROWSER,
    also=trait.CLIENT_PUBLIC | trait.DIRECT,
    side=Side.PATH,
    bears={Scenario.WEBMAIL: +1, Scenario.INTERNAL_SUBMISSION: -1, Scenario.DIRECT_TO_MX: -1},
)
def begun_in_a_browser(scene: Scene) -> Clues:
    """The oldest field is the client's own and tells of HTTP: somebody wrote in a web mail.

    Why it matters: he was logged in there, at the house that sent the message.
    Innocent causes: it is the innocent cause; a scammer's own mailbox writes the same.
    Reference: Gmail's ``with HTTP``, SquirrelMail's and Horde's first fields.
    """
    return in_hop(scene.chain.older, "protocol", "by")


@signature(
    "HT419",
    on=trait.OTHER_HAND,
    side=Side.PATH,
    bears={Scenario.FORGED_TRAIL: +1},
)
def let_out_by_another_house(scene: Scene) -> Clues:
    """The machine that let the message out is, by its greeting and by its name in the DNS, of another house
    than the servers that recorded the way to it.

    Why it matters: whoever invents a way names servers of others; his own machine's name he cannot hide.
    Innocent causes: a server that sends by somebody else's, who writes no field; domains on a host's server.
    Reference: one misused relay of 362 whose client shows; SpamAssassin __FORGED_RCVD_TRAIL.
    """
    return in_hop(scene.entry, "by") + in_hop(scene.chain.exit, "helo", "rdns", "ip")
