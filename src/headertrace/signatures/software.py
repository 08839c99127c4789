"""What the client's program claims to be, and what its traces say."""

from __future__ import annotations

import re

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

EXPRESS_ID = re.compile(rb"<[0-9a-f]{12}\$[0-9a-f]{8}\$[0-9a-f]{8}@")


@signature("HT901", on=trait.OLD_EXPRESS, side=Side.CLIENT, misuse=+1, capped=True)
def old_outlook_express(scene: Scene) -> Clues:
    """The program claims to be Outlook Express 6.00.2600 or 2800, of 2001 to 2004.

    Why it matters: it died with Windows XP; bulk mailers still use its name.
    Innocent causes: old machines in offices that never change.
    Reference: SpamAssassin's FORGED_MUA_OIMO and kin.
    """
    return in_field(scene, "x-mailer")


@signature("HT902", on=trait.BULK_PROGRAM, side=Side.CLIENT, misuse=+1)
def bulk_mailer_by_name(scene: Scene) -> Clues:
    """The program names itself as one for bulk mail.

    Why it matters: some do not hide.
    Innocent causes: clubs and shops that use such programs openly.
    Reference: SpamAssassin RATWARE rules; rspamd's mailer rules.
    """
    return in_field(scene, "x-mailer", "user-agent")


@signature("HT903", on=trait.PEOPLES_PROGRAM, side=Side.SENDER, misuse=-1)
def program_for_people(scene: Scene) -> Clues:
    """The program is one with which people write single messages.

    Why it matters: hijackers hardly ever claim these.
    Innocent causes: it is the innocent cause; the name is easily written.
    Reference: X-Mailer and User-Agent of mail programs in use.
    """
    return in_field(scene, "user-agent", "x-mailer")


@signature("HT904", on=trait.MACHINES_PROGRAM, side=Side.SENDER, bears={Scenario.COMPROMISED_HOST: +1})
def program_of_a_machine(scene: Scene) -> Clues:
    """The program is a script's library, a scanner or a monitor.

    Why it matters: no person sent this; a web server or a device did.
    Innocent causes: everything that servers tell their owners.
    Reference: rspamd compromised_hosts (PHPMailer and kin).
    """
    return in_field(scene, "x-mailer", "user-agent")


@signature("HT905", on=trait.EXPRESS, also=trait.MESSAGE_ID, side=Side.CLIENT, misuse=+1, by_text=True)
def express_without_its_id(scene: Scene) -> Clues:
    """The program claims to be Outlook Express, but the Message-ID is not of its make.

    Why it matters: the real one always writes its own.
    Innocent causes: servers that replace Message-IDs; newer Outlook versions on Exchange.
    Reference: SpamAssassin FORGED_MUA_OUTLOOK, FORGED_OUTLOOK_TAGS.
    """
    own = EXPRESS_ID.match(scene.fields.get(b"message-id") or b"")
    return () if own else in_field(scene, "x-mailer", "message-id")


@signature("HT906", on=trait.RELAY_MESSAGE_ID, side=Side.CLIENT, misuse=+1)
def server_wrote_the_message_id(scene: Scene) -> Clues:
    """The Message-ID is the relay's own: the client sent none.

    Why it matters: mail programs write one; mailers save the trouble.
    Innocent causes: scanners and scripts; servers that rewrite all Message-IDs.
    Reference: SpamAssassin MSGID_FROM_MTA_HEADER; RFC 5322, section 3.6.4.
    """
    return in_field(scene, "message-id") + in_hop(scene.entry, "id")


@signature("HT907", on=trait.NO_MAILER, unless=trait.CONVERSATION, side=Side.CLIENT)
def unnamed_program(scene: Scene) -> Clues:
    """Neither X-Mailer nor User-Agent names the program that wrote the message.

    Why it matters: programs that have nothing to say for themselves are often home-made.
    Innocent causes: Gmail, phones, Exchange, git and many more.
    Reference: RFC 5322 knows neither field.
    """
    return in_field(scene, "from")


@signature("HT908", on=trait.WINDOWS_CHARSET, unless=trait.CONVERSATION, side=Side.SENDER)
def windows_character_set(scene: Scene) -> Clues:
    """The text is in a Windows code page.

    Why it matters: programs for people moved on to UTF-8; mailers on old Windows did not.
    Innocent causes: old Windows programs of honest people.
    Reference: RFC 6657; IANA's character sets.
    Kept because: it describes a hijacker's template, for comparing messages; it moves no score.
    """
    return in_field(scene, "content-type")


@signature(
    "HT909",
    on=trait.TO_MISSING | trait.TO_HIDDEN | trait.TO_SELF,
    also=trait.REPLY_FOREIGN,
    unless=trait.CONVERSATION | trait.HOUSE_LETTER,
    side=Side.SENDER,
    misuse=+1,
)
def letter_of_a_stranger(scene: Scene) -> Clues:
    """Nobody but the writer is addressed, answers go elsewhere, and no conversation is continued.

    Why it matters: the three together are the shape of an advance-fee letter.
    Innocent causes: none met in 4,156 innocent messages of an old corpus.
    Reference: measured on public list archives.
    """
    return in_field(scene, "reply-to", "from", "to")
