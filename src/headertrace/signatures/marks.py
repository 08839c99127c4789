"""What the header section tells about the message as a whole, as bits of ``Trait``."""

from __future__ import annotations

import re

from headertrace.message.section import HeaderSection
from headertrace.signatures.fields import Fields, field_pattern
from headertrace.signatures.mailboxes import Mailboxes, is_free_mail, is_of_list, same_house
from headertrace.signatures.programs import program_traits
from headertrace.signatures.traits import Trait

# Field names whose presence is a trait, in lower case.
PRESENT: dict[bytes, int] = {
    b"in-reply-to": Trait.CONVERSATION,
    b"references": Trait.CONVERSATION,
    b"list-id": Trait.LIST,
    b"list-post": Trait.LIST,
    b"x-mailing-list": Trait.LIST,
    b"x-beenthere": Trait.LIST,
    b"feedback-id": Trait.ESP,
    b"x-ses-outgoing": Trait.ESP,
    b"x-sg-eid": Trait.ESP,
    b"x-mailgun-sid": Trait.ESP,
    b"x-mc-user": Trait.ESP,
    b"x-mandrill-user": Trait.ESP,
    b"x-campaign": Trait.ESP,
    b"x-csa-complaints": Trait.ESP,
    b"x-rpcampaign": Trait.ESP,
    b"x-mailer": Trait.MAILER,
    b"user-agent": Trait.MAILER,
    b"subject": Trait.SUBJECT,
    b"message-id": Trait.MESSAGE_ID,
    b"date": Trait.DATE,
    b"x-ms-exchange-organization-authas": 0,
    b"x-clientproxiedby": Trait.PROXIED,
    b"x-php-originating-script": Trait.SCRIPT,
    b"x-php-script": Trait.SCRIPT,
    b"x-source-args": Trait.SCRIPT,
    b"x-source": Trait.SCRIPT,
    b"x-authuser": Trait.LOGIN_FIELD,
    b"x-auth-user": Trait.LOGIN_FIELD,
    b"x-authenticated-user": Trait.LOGIN_FIELD,
    b"x-authenticated-sender": Trait.LOGIN_FIELD,
    b"x-auth-id": Trait.LOGIN_FIELD,
    b"x-wm-authuser": Trait.LOGIN_FIELD,
    b"x-login-name": Trait.LOGIN_FIELD,
    b"x-smtp-auth": Trait.LOGIN_FIELD,
    b"x-sasl-username": Trait.LOGIN_FIELD,
    b"x-get-message-sender-via": Trait.LOGIN_FIELD,
    b"x-sender-ip": Trait.WEBMAIL,
    b"x-originating-ip": Trait.WEBMAIL,
    b"x-webmail-userid": Trait.WEBMAIL,
    b"x-squirrelmail-authuser": Trait.WEBMAIL,
    b"x-roundcube-user": Trait.WEBMAIL,
    b"x-forwarded-to": Trait.FORWARDED,
    b"x-forwarded-for": Trait.FORWARDED,
    b"resent-from": Trait.FORWARDED,
    b"resent-to": Trait.FORWARDED,
    b"x-sieve-redirected-from": Trait.FORWARDED,
    b"x-forwarded-encrypted": Trait.FORWARDED,
    b"x-spam-flag": Trait.SPAM_MARK,
    b"auto-submitted": Trait.AUTOMATIC,
    b"x-failed-recipients": Trait.AUTOMATIC,
    b"x-autoreply": Trait.AUTOMATIC,
    b"from": Trait.FROM,
    b"content-type": Trait.CONTENT,
}
# Whose name servers write into the From of what they write themselves.
DAEMONS = ("mailer-daemon@", "postmaster@", "mail-daemon@", "mdaemon@")
# Fewer letters in capitals are an acronym.
SHOUTED = 5
LETTERS = re.compile(rb"[A-Z]")
TAGGED = re.compile(
    rb"\s*(?:(?:re|fwd?|aw):\s*)?\[(?:[^]]*\]\s*\[)?[^]]*\b(?:patch|rfc|git|pull|bug|issue|review|pr|v\d|resend|\d+/\d+)\b"
)
ANSWER = re.compile(rb"\s*(?:\[[^]]*\]\s*)?(?:re|fwd?|aw)\s*:")
MARK = re.compile(rb"[*\[({]{1,3}\s*(?:possible |suspected )?(?:spam|junk|bulk)\b")
LURE = re.compile(
    rb"\b(?:urgent|proposal|loan|donat|inherit|beneficiar|compensat|lottery|winner|million|invest|fund|"
    rb"atm card|confidential|"
    rb"dear (?:friend|beloved|sir|one)|my dear|dearest|assist|award|payment|transfer|congratulation|"
    rb"partnership|greetings?|"
    rb"attention|god bless|good day|hello|next of kin|consignment|diplomat|deceased|trust|mutual|"
    rb"spende|kredit|darlehen|"
    rb"invoice|purchase order|quotation|swift copy|remittance)"
)
CALLED = {b"anonymous": Trait.CALLED_ANONYMOUS, b"internal": Trait.CALLED_INTERNAL}
# Read for what they say, beside those that count by being there.
READ = (b"to", b"reply-to", b"return-path", b"list-id", b"list-post", b"cc", b"sender")
WANTED = field_pattern((*PRESENT, *READ))
TITLE = re.compile(
    rb"[\s\"'<(]*(?:mr|mrs|ms|miss|dr|barr(?:ister)?|engr|prof|rev(?:erend)?|sgt|gen(?:eral)?|capt(?:ain)?|hon|atty|chief|pastor|prince(?:ss)?|sir|madam)"
    rb"(?:\.|\s)[\s.,]*[a-z]"
)


def present_traits(fields: Fields) -> int:
    """Return what the fields besides Received say by being there."""
    bits = 0
    for name in fields.places:
        bits |= PRESENT.get(name, 0)
    return bits


def section_traits(fields: Fields, boxes: Mailboxes) -> int:
    """Return what the fields besides Received say by being there, and what kind of envelope they tell of."""
    bits = present_traits(fields)
    path = fields.get(b"return-path") or b""
    if path == b"<>":
        bits |= Trait.NULL_SENDER
        bits |= Trait.DAEMON if (boxes.sender or "").startswith(DAEMONS) else 0
    elif REWRITTEN.match(path):
        bits |= Trait.REWRITTEN_PATH
    if bits & Trait.CONTENT:
        bits |= _content_traits(fields)
    return bits


def writer_traits(fields: Fields, boxes: Mailboxes, known: int) -> int:
    """Return what the fields that the writer fills in say of him and of his program."""
    bits = _from_traits(boxes) | _to_traits(boxes)
    if known & Trait.SUBJECT:
        bits |= _subject_traits(fields, continues=bool(known & Trait.CONVERSATION))
    if boxes.reply is not None and boxes.reply != boxes.sender:
        bits |= _reply_traits(fields, boxes)
    return bits | _program_traits(fields, known) | _house_traits(fields)


def _subject_traits(fields: Fields, *, continues: bool) -> int:
    """Return what the subject is like; of a conversation only the tag counts."""
    subject = fields.get(b"subject") or b""
    bits = Trait.PATCH if b"[" in subject and TAGGED.match(subject) else 0
    if continues:
        return bits
    if ANSWER.match(subject):
        bits |= Trait.SUBJECT_REPLY
    if b"=?" in subject:
        return bits
    written = fields.written(b"subject")
    shouts = written.isupper() and len(LETTERS.findall(written)) >= SHOUTED
    return bits | (Trait.SUBJECT_SHOUTS if shouts else 0)


def described_traits(section: HeaderSection, fields: Fields, boxes: Mailboxes, known: int) -> int:
    """Return what only readers are told: a title, lures, marks of filters, a signature of the house."""
    bits = 0
    subject = fields.get(b"subject") or b""
    if not known & Trait.CONVERSATION:
        bits |= Trait.FROM_TITLE if TITLE.match(fields.get(b"from") or b"") else 0
        bits |= Trait.SUBJECT_LURES if LURE.search(subject) else 0
    if MARK.search(subject):
        bits |= Trait.SUBJECT_MARKED
    return bits | _signed_traits(section, boxes)


def _signed_traits(section: HeaderSection, boxes: Mailboxes) -> int:
    signature = section.first("dkim-signature")
    found = SIGNER.search(b";" + signature.value.lower()) if signature else None
    house = found is not None and same_house(found[1].decode("ascii", "replace"), boxes.sender_domain)
    return Trait.SIGNED_BY_HOUSE if house else 0


def _program_traits(fields: Fields, known: int) -> int:
    """Return what kind of program wrote the message."""
    bits = 0 if known & Trait.DATE else Trait.NO_DATE
    if known & Trait.MAILER:
        bits |= program_traits(fields.get(b"x-mailer") or fields.get(b"user-agent") or b"")
    else:
        bits |= Trait.NO_MAILER
    return bits


def _from_traits(boxes: Mailboxes) -> int:
    if boxes.sender is None:
        return Trait.FROM_EMPTY
    return Trait.FROM_FREE if is_free_mail(boxes.sender_domain) else 0


def _to_traits(boxes: Mailboxes) -> int:
    if boxes.to is None:
        return Trait.TO_MISSING
    if boxes.recipient is None:
        return Trait.TO_HIDDEN
    return Trait.TO_SELF if boxes.recipient == boxes.sender else 0


def _reply_traits(fields: Fields, boxes: Mailboxes) -> int:
    """Return whether answers go to a stranger: not to the writer's house, a list or an addressee."""
    reply = boxes.reply or ""
    if reply.encode() in (boxes.to or b""):
        return 0
    domain = reply.rpartition("@")[2]
    if is_free_mail(domain):
        return Trait.REPLY_FOREIGN | Trait.REPLY_FREE
    if same_house(domain, boxes.sender_domain) or is_of_list(fields, domain):
        return 0
    others = (fields.get(name) or b"" for name in (b"cc", b"sender"))
    return 0 if any(domain.encode() in value for value in others) else Trait.REPLY_FOREIGN


def _content_traits(fields: Fields) -> int:
    """Return whether this is a report (RFC 3464), and whether its text is in a code page of Windows."""
    kind = fields.get(b"content-type") or b""
    bits = Trait.WINDOWS_CHARSET if b"windows-125" in kind else 0
    if b"multipart/report" in kind:
        bits |= Trait.REPORT
    return bits


def _house_traits(fields: Fields) -> int:
    """Return what Exchange says of the writer."""
    if b"x-ms-exchange-organization-authas" not in fields.places:
        return 0
    return CALLED.get(fields.get(b"x-ms-exchange-organization-authas") or b"", 0)


# Sender Rewriting Scheme, BATV, and the paths that Gmail gives to what it forwards
REWRITTEN = re.compile(rb"<(?:srs[01][=+-]|prvs=|btv1=|[^<>@]*\+caf_=)")
SIGNER = re.compile(rb"[;\s]d\s*+=\s*+([a-z0-9.-]++)")
