"""Who writes, who is addressed and where answers go."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

# Devices write no To, and a house writes to many in blind copy: no labelled misuse of 867 left the recipients
# out and let the answers come to the relay's house.
OWN_HABITS = trait.HELO_DEVICE | trait.HOUSE_LETTER


@signature("HT701", on=trait.TO_MISSING, unless=OWN_HABITS, side=Side.SENDER, misuse=+1)
def nobody_addressed(scene: Scene) -> Clues:
    """The message has no To field; it is no device's report, nor do answers come to the relay's house.

    Why it matters: bulk mailers name nobody, or everybody in blind copy.
    Innocent causes: mail to a blind list; drafts.
    Reference: 37 % of relay abuse, no other private client with a bare greeting; SpamAssassin
    MISSING_HEADERS.
    """
    return in_field(scene, "from")


@signature("HT702", on=trait.TO_HIDDEN, unless=OWN_HABITS, side=Side.SENDER, misuse=+1)
def recipients_hidden(scene: Scene) -> Clues:
    """The To field names no address (undisclosed recipients), and answers do not come to the relay's house.

    Why it matters: a server puts that in place of a missing To.
    Innocent causes: invitations and notices in blind copy.
    Reference: RFC 5322, section 3.6.3; SpamAssassin UNDISC_RECIPS.
    """
    return in_field(scene, "to")


@signature("HT703", on=trait.REPLY_FREE, unless=trait.HOUSE_LETTER, side=Side.SENDER, misuse=+1)
def answers_go_to_a_free_mailbox(scene: Scene) -> Clues:
    """Answers go to a free mailbox that is not the one that From names.

    Why it matters: the writer does not own the address he writes from.
    Innocent causes: people who write from work and want answers at home.
    Reference: SpamAssassin FREEMAIL_FORGED_REPLYTO.
    """
    return in_field(scene, "reply-to", "from")


@signature(
    "HT704",
    on=trait.REPLY_FOREIGN,
    unless=trait.REPLY_FREE | trait.HOUSE_LETTER,
    side=Side.SENDER,
    misuse=+1,
)
def answers_go_elsewhere(scene: Scene) -> Clues:
    """Answers go to another organisation than From names, and to no list, addressee or house of the relay.

    Why it matters: the writer does not own the address he writes from.
    Innocent causes: newsletters, ticket systems, assistants, lists that set Reply-To.
    Reference: RFC 5322, section 3.6.2; SpamAssassin's REPLYTO rules.
    """
    return in_field(scene, "reply-to", "from")


@signature(
    "HT705",
    on=trait.FROM_FREE,
    also=trait.EXIT | trait.FOREIGN_FROM,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY: +1, Scenario.OPEN_RELAY_NAT: +1, Scenario.INTERNAL_SUBMISSION: -1},
)
def free_mailbox_through_a_foreign_server(scene: Scene) -> Clues:
    """From names a free mailbox, but the message left through a server of somebody else.

    Why it matters: free-mail users send through their provider; this server is not his.
    Innocent causes: people who send through their access provider, university or own server.
    Reference: SpamAssassin FORGED_GMAIL_RCVD, FORGED_YAHOO_RCVD; RFC 7489, section 3.1.
    """
    return in_field(scene, "from") + in_hop(scene.entry, "by")


@signature(
    "HT706",
    on=trait.OWN_FROM,
    side=Side.PATH,
    misuse=-1,
    bears={
        Scenario.OPEN_RELAY: -1,
        Scenario.OPEN_RELAY_NAT: -1,
        Scenario.OPEN_RELAY_APPLIANCE: -1,
        Scenario.STOLEN_CREDENTIALS: +1,
        Scenario.INTERNAL_SUBMISSION: +1,
        Scenario.AUTHENTICATED_SUBMISSION: +1,
    },
)
def writer_of_the_relays_house(scene: Scene) -> Clues:
    """From names the relay's own organisation.

    Why it matters: its users write so; a stranger who does has often stolen an account.
    Innocent causes: it is the innocent cause; spam also puts the relay's domain in From.
    Reference: 21 % of relay abuse, 58 % of innocent private clients; SpamAssassin RP_MATCHES_RCVD.
    """
    return in_field(scene, "from") + in_hop(scene.entry, "by")


@signature(
    "HT707",
    on=trait.FOREIGN_FROM,
    also=trait.EXIT,
    unless=trait.FROM_FREE,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY: +1, Scenario.OPEN_RELAY_NAT: +1, Scenario.INTERNAL_SUBMISSION: -1},
)
def writer_of_another_house(scene: Scene) -> Clues:
    """From names an organisation that is neither the relay's nor the client's.

    Why it matters: neither the client nor the relay can answer for this writer.
    Innocent causes: hosting and mail platforms; people with several addresses.
    Reference: RFC 7489, section 3.1 (alignment).
    """
    return in_field(scene, "from") + in_hop(scene.entry, "by")


@signature("HT711", on=trait.TO_SELF, side=Side.SENDER, unless=trait.CONVERSATION)
def addressed_to_himself(scene: Scene) -> Clues:
    """From and To name one address: the true recipients stand nowhere.

    Why it matters: bulk mailers fill To with the sender.
    Innocent causes: notes to oneself; polite mass mail in blind copy; lists that rewrite From.
    Reference: SpamAssassin TO_EQ_FROM.
    """
    return in_field(scene, "from", "to")


@signature("HT712", on=trait.FROM_EMPTY, also=trait.FROM, side=Side.SENDER, misuse=+1)
def writer_without_address(scene: Scene) -> Clues:
    """The From field holds no address.

    Why it matters: a mail program does not send that.
    Innocent causes: reports of devices and scripts; broken bounces.
    Reference: RFC 5322, section 3.6.2; SpamAssassin FROM_NO_ADDR.
    """
    return in_field(scene, "from")


@signature("HT713", on=trait.FROM_TITLE, unless=trait.CONVERSATION, side=Side.SENDER, misuse=+1)
def titled_writer(scene: Scene) -> Clues:
    """The writer introduces himself with a title: Mrs., Barrister, Dr., Engr.

    Why it matters: advance-fee letters are signed so; colleagues hardly ever are.
    Innocent causes: cultures and professions that use titles.
    Reference: display names of leaked scams; SpamAssassin's advance-fee rules.
    """
    return in_field(scene, "from")
