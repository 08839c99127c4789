"""The envelope's sender, the subject, and whether a conversation goes on."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.mailboxes import domain_of, same_house
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature("HT708", on=trait.NULL_SENDER, unless=trait.REPORT | trait.AUTOMATIC, side=Side.SENDER, misuse=+1)
def null_sender_without_a_report(scene: Scene) -> Clues:
    """The envelope's sender is null, but the message is built like no bounce.

    Why it matters: the null sender gets past checks that are relaxed for bounces.
    Innocent causes: read receipts, vacation notes of old programs, some newsletters.
    Reference: RFC 5321, section 4.5.5; RFC 3464; RFC 3834.
    """
    return in_field(scene, "return-path", "content-type")


@signature(
    "HT709",
    on=trait.NULL_SENDER,
    also=trait.REPORT,
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
    on=trait.AUTOMATIC,
    also=trait.NULL_SENDER,
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


@signature("HT714", on=trait.SUBJECT_SHOUTS, side=Side.SENDER, misuse=+1, unless=trait.CONVERSATION)
def shouting_subject(scene: Scene) -> Clues:
    """The subject is written in capitals only.

    Why it matters: it begs for attention.
    Innocent causes: alarms, offices with old programs, acronyms.
    Reference: SpamAssassin SUBJ_ALL_CAPS.
    """
    return in_field(scene, "subject")


@signature("HT715", on=trait.SUBJECT_LURES, side=Side.SENDER, misuse=+1, unless=trait.CONVERSATION)
def luring_subject(scene: Scene) -> Clues:
    """The subject speaks of money, urgency or trust, as advance-fee letters do.

    Why it matters: it shows what the letter is for; it does not show how it came.
    Innocent causes: invoices, business, appeals.
    Reference: subjects of leaked scams; SpamAssassin's advance-fee rules.
    """
    return in_field(scene, "subject")


@signature(
    "HT716", on=trait.SUBJECT_REPLY, unless=trait.CONVERSATION | trait.PATCH, side=Side.SENDER, misuse=+1
)
def answer_to_nothing(scene: Scene) -> Clues:
    """The subject begins with Re: or Fwd:, but no earlier message is named.

    Why it matters: a pretended conversation opens doors.
    Innocent causes: web mail and phones that write no References.
    Reference: RFC 5322, section 3.6.4; SpamAssassin FAKE_REPLY.
    """
    return in_field(scene, "subject")


@signature("HT717", on=trait.CONVERSATION, side=Side.SENDER, misuse=-1)
def part_of_a_conversation(scene: Scene) -> Clues:
    """The message names an earlier one that it answers or follows.

    Why it matters: bulk mail belongs to no conversation.
    Innocent causes: it is the innocent cause; a stolen account can answer its own mail.
    Reference: RFC 5322, section 3.6.4.
    """
    return in_field(scene, "in-reply-to", "references")


@signature("HT718", on=trait.PATCH, side=Side.SENDER, misuse=-1)
def patch_or_ticket(scene: Scene) -> Clues:
    """The subject begins with a bracketed tag that developers and ticket systems use.

    Why it matters: it belongs to work that others can see.
    Innocent causes: it is the innocent cause.
    Reference: git format-patch; ticket systems.
    """
    return in_field(scene, "subject")


@signature("HT719", on=trait.SUBJECT_MARKED | trait.SPAM_MARK, side=Side.STATEMENT, misuse=+1, by_text=True)
def marked_as_spam(scene: Scene) -> Clues:
    """A filter on the way marked the message as spam.

    Why it matters: some server that saw more than the header thought so.
    Innocent causes: false alarms; a sender can write the mark himself.
    Reference: X-Spam-Flag; subjects rewritten by filters.
    """
    if (scene.fields.get(b"x-spam-flag") or b"").startswith(b"yes"):
        return in_field(scene, "x-spam-flag")
    return in_field(scene, "subject") if scene.traits & trait.SUBJECT_MARKED else ()


@signature(
    "HT720",
    on=trait.FOREIGN_FROM,
    also=trait.EXIT,
    unless=trait.CONVERSATION | trait.PATCH,
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


@signature("HT721", on=trait.DAEMON, side=Side.STATEMENT, misuse=-1, bears={Scenario.BOUNCE: +1})
def written_by_a_mail_server(scene: Scene) -> Clues:
    """The envelope's sender is null and the writer is a server's own mailbox, such as MAILER-DAEMON.

    Why it matters: servers sign their reports so.
    Innocent causes: it is the innocent cause; spam pretends to be a bounce, too.
    Reference: RFC 5321, section 6.1; RFC 2142.
    """
    return in_field(scene, "return-path", "from")
