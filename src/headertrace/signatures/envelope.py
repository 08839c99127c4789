"""Who writes, who is addressed and where answers go."""

from __future__ import annotations

from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.mailboxes import domain_of, same_house
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.signatures.traits import Trait
from headertrace.vocabulary import Scenario


@signature("HT701", on=Trait.TO_MISSING, side=Side.SENDER, misuse=+1)
def nobody_addressed(scene: Scene) -> Clues:
    """The message has no To field.

    Why it matters: bulk mailers name nobody, or everybody in blind copy.
    Innocent causes: mail to a blind list; drafts; reports of devices.
    Reference: 37 % of relay abuse, no other private client with a bare greeting; SpamAssassin
    MISSING_HEADERS.
    """
    return in_field(scene, "from")


@signature("HT702", on=Trait.TO_HIDDEN, side=Side.SENDER, misuse=+1)
def recipients_hidden(scene: Scene) -> Clues:
    """The To field names no address: undisclosed recipients.

    Why it matters: a server puts that in place of a missing To.
    Innocent causes: invitations and notices in blind copy.
    Reference: RFC 5322, section 3.6.3; SpamAssassin UNDISC_RECIPS.
    """
    return in_field(scene, "to")


@signature("HT703", on=Trait.REPLY_FREE, side=Side.SENDER, misuse=+1)
def answers_go_to_a_free_mailbox(scene: Scene) -> Clues:
    """Answers go to a free mailbox that is not the one that From names.

    Why it matters: the writer does not own the address he writes from.
    Innocent causes: people who write from work and want answers at home.
    Reference: SpamAssassin FREEMAIL_FORGED_REPLYTO.
    """
    return in_field(scene, "reply-to", "from")


@signature("HT704", on=Trait.REPLY_FOREIGN, unless=Trait.REPLY_FREE, side=Side.SENDER, misuse=+1)
def answers_go_elsewhere(scene: Scene) -> Clues:
    """Answers go to another organisation than From names, and to no list or addressee.

    Why it matters: the writer does not own the address he writes from.
    Innocent causes: newsletters, ticket systems, assistants, lists that set Reply-To.
    Reference: RFC 5322, section 3.6.2; SpamAssassin's REPLYTO rules.
    """
    return in_field(scene, "reply-to", "from")


@signature(
    "HT705",
    on=Trait.FROM_FREE,
    also=Trait.EXIT | Trait.FOREIGN_FROM,
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
    on=Trait.OWN_FROM,
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
    on=Trait.FOREIGN_FROM,
    also=Trait.EXIT,
    unless=Trait.FROM_FREE,
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


@signature("HT708", on=Trait.NULL_SENDER, unless=Trait.REPORT | Trait.AUTOMATIC, side=Side.SENDER, misuse=+1)
def null_sender_without_a_report(scene: Scene) -> Clues:
    """The envelope's sender is null, but the message is built like no bounce.

    Why it matters: the null sender gets past checks that are relaxed for bounces.
    Innocent causes: read receipts, vacation notes of old programs, some newsletters.
    Reference: RFC 5321, section 4.5.5; RFC 3464; RFC 3834.
    """
    return in_field(scene, "return-path", "content-type")


@signature(
    "HT709",
    on=Trait.NULL_SENDER,
    also=Trait.REPORT,
    side=Side.STATEMENT,
    misuse=-1,
    bears={Scenario.BOUNCE: +1, Scenario.BACKSCATTER: +1},
)
def delivery_report(scene: Scene) -> Clues:
    """The envelope's sender is null and the message is a delivery report.

    Why it matters: a server wrote this itself; nobody relayed it.
    Innocent causes: it is the innocent cause; backscatter is a report about forged mail.
    Reference: RFC 3464; RFC 6522; RFC 5321, section 4.5.5.
    """
    return in_field(scene, "return-path", "content-type")


@signature(
    "HT710",
    on=Trait.AUTOMATIC,
    also=Trait.NULL_SENDER,
    side=Side.STATEMENT,
    misuse=-1,
    bears={Scenario.BOUNCE: +1},
)
def automatic_answer(scene: Scene) -> Clues:
    """The message says that a program answered by itself, with a null sender.

    Why it matters: bounces and vacation notes do.
    Innocent causes: it is the innocent cause.
    Reference: RFC 3834, section 5.
    """
    return in_field(scene, "auto-submitted", "x-failed-recipients", "x-autoreply")


@signature("HT711", on=Trait.TO_SELF, side=Side.SENDER, unless=Trait.CONVERSATION)
def addressed_to_himself(scene: Scene) -> Clues:
    """From and To name one address: the true recipients stand nowhere.

    Why it matters: bulk mailers fill To with the sender.
    Innocent causes: notes to oneself; polite mass mail in blind copy; lists that rewrite From.
    Reference: SpamAssassin TO_EQ_FROM.
    """
    return in_field(scene, "from", "to")


@signature("HT712", on=Trait.FROM_EMPTY, also=Trait.FROM, side=Side.SENDER, misuse=+1)
def writer_without_address(scene: Scene) -> Clues:
    """The From field holds no address.

    Why it matters: a mail program does not send that.
    Innocent causes: reports of devices and scripts; broken bounces.
    Reference: RFC 5322, section 3.6.2; SpamAssassin FROM_NO_ADDR.
    """
    return in_field(scene, "from")


@signature("HT713", on=Trait.FROM_TITLE, unless=Trait.CONVERSATION, side=Side.SENDER, misuse=+1)
def titled_writer(scene: Scene) -> Clues:
    """The writer introduces himself with a title: Mrs., Barrister, Dr., Engr.

    Why it matters: advance-fee letters are signed so; colleagues hardly ever are.
    Innocent causes: cultures and professions that use titles.
    Reference: display names of leaked scams; SpamAssassin's advance-fee rules.
    """
    return in_field(scene, "from")


@signature("HT714", on=Trait.SUBJECT_SHOUTS, side=Side.SENDER, misuse=+1, unless=Trait.CONVERSATION)
def shouting_subject(scene: Scene) -> Clues:
    """The subject is written in capitals only.

    Why it matters: it begs for attention.
    Innocent causes: alarms, offices with old programs, acronyms.
    Reference: SpamAssassin SUBJ_ALL_CAPS.
    """
    return in_field(scene, "subject")


@signature("HT715", on=Trait.SUBJECT_LURES, side=Side.SENDER, misuse=+1, unless=Trait.CONVERSATION)
def luring_subject(scene: Scene) -> Clues:
    """The subject speaks of money, urgency or trust, as advance-fee letters do.

    Why it matters: it shows what the letter is for; it does not show how it came.
    Innocent causes: invoices, business, appeals.
    Reference: subjects of leaked scams; SpamAssassin's advance-fee rules.
    """
    return in_field(scene, "subject")


@signature(
    "HT716", on=Trait.SUBJECT_REPLY, unless=Trait.CONVERSATION | Trait.PATCH, side=Side.SENDER, misuse=+1
)
def answer_to_nothing(scene: Scene) -> Clues:
    """The subject begins with Re: or Fwd:, but no earlier message is named.

    Why it matters: a pretended conversation opens doors.
    Innocent causes: web mail and phones that write no References.
    Reference: RFC 5322, section 3.6.4; SpamAssassin FAKE_REPLY.
    """
    return in_field(scene, "subject")


@signature("HT717", on=Trait.CONVERSATION, side=Side.SENDER, misuse=-1)
def part_of_a_conversation(scene: Scene) -> Clues:
    """The message names an earlier one that it answers or follows.

    Why it matters: bulk mail belongs to no conversation.
    Innocent causes: it is the innocent cause; a stolen account can answer its own mail.
    Reference: RFC 5322, section 3.6.4.
    """
    return in_field(scene, "in-reply-to", "references")


@signature("HT718", on=Trait.PATCH, side=Side.SENDER, misuse=-1)
def patch_or_ticket(scene: Scene) -> Clues:
    """The subject begins with a bracketed tag that developers and ticket systems use.

    Why it matters: it belongs to work that others can see.
    Innocent causes: it is the innocent cause.
    Reference: git format-patch; ticket systems.
    """
    return in_field(scene, "subject")


@signature("HT719", on=Trait.SUBJECT_MARKED | Trait.SPAM_MARK, side=Side.STATEMENT, misuse=+1, by_text=True)
def marked_as_spam(scene: Scene) -> Clues:
    """A filter on the way marked the message as spam.

    Why it matters: some server that saw more than the header thought so.
    Innocent causes: false alarms; a sender can write the mark himself.
    Reference: X-Spam-Flag; subjects rewritten by filters.
    """
    if (scene.fields.get(b"x-spam-flag") or b"").startswith(b"yes"):
        return in_field(scene, "x-spam-flag")
    return in_field(scene, "subject") if scene.traits & Trait.SUBJECT_MARKED else ()


@signature(
    "HT720",
    on=Trait.FOREIGN_FROM,
    also=Trait.EXIT,
    unless=Trait.CONVERSATION | Trait.PATCH,
    side=Side.SENDER,
    misuse=+1,
    by_text=True,
)
def envelope_of_yet_another_house(scene: Scene) -> Clues:
    """The envelope's sender, as the relay recorded it, is of another house than From and the relay.

    Why it matters: three names for one writer.
    Innocent causes: mailing services and their bounce domains.
    Reference: RFC 7489, section 3.1; Exim's and Haraka's envelope-from.
    """
    domain = domain_of(scene.entry.envelope_from)
    if domain is None or same_house(domain, scene.boxes.sender_domain) or same_house(domain, scene.entry.by):
        return ()
    return in_hop(scene.entry, "envelope_from") + in_field(scene, "from")


@signature("HT721", on=Trait.DAEMON, side=Side.STATEMENT, misuse=-1, bears={Scenario.BOUNCE: +1})
def written_by_a_mail_server(scene: Scene) -> Clues:
    """The envelope's sender is null and the writer is a server's own mailbox, such as MAILER-DAEMON.

    Why it matters: servers sign their reports so.
    Innocent causes: it is the innocent cause; spam pretends to be a bounce, too.
    Reference: RFC 5321, section 6.1; RFC 2142.
    """
    return in_field(scene, "return-path", "from")
