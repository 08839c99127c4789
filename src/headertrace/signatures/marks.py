"""What the header section tells about the message as a whole, as bits of ``trait``."""

from __future__ import annotations

import re

from headertrace.signatures import trait
from headertrace.signatures.fields import Fields, field_pattern, name_pattern
from headertrace.signatures.mailboxes import Mailboxes, is_free_mail, is_of_list, same_house
from headertrace.signatures.programs import program_traits

# Field names whose presence is a trait, in lower case.
PRESENT: dict[bytes, int] = {
    b"in-reply-to": trait.CONVERSATION,
    b"references": trait.CONVERSATION,
    b"list-id": trait.LIST,
    b"list-post": trait.LIST,
    b"x-mailing-list": trait.LIST,
    b"x-beenthere": trait.LIST,
    b"feedback-id": trait.ESP,
    b"x-ses-outgoing": trait.ESP,
    b"x-sg-eid": trait.ESP,
    b"x-mailgun-sid": trait.ESP,
    b"x-mc-user": trait.ESP,
    b"x-mandrill-user": trait.ESP,
    b"x-campaign": trait.ESP,
    b"x-csa-complaints": trait.ESP,
    b"x-rpcampaign": trait.ESP,
    b"x-mailer": trait.MAILER,
    b"user-agent": trait.MAILER,
    b"subject": trait.SUBJECT,
    b"message-id": trait.MESSAGE_ID,
    b"date": trait.DATE,
    b"x-ms-exchange-organization-authas": 0,
    b"x-clientproxiedby": trait.PROXIED,
    b"x-php-originating-script": trait.SCRIPT,
    b"x-php-script": trait.SCRIPT,
    b"x-source-args": trait.SCRIPT,
    b"x-source": trait.SCRIPT,
    b"x-authuser": trait.LOGIN_FIELD,
    b"x-auth-user": trait.LOGIN_FIELD,
    b"x-authenticated-user": trait.LOGIN_FIELD,
    b"x-authenticated-sender": trait.LOGIN_FIELD,
    b"x-auth-id": trait.LOGIN_FIELD,
    b"x-wm-authuser": trait.LOGIN_FIELD,
    b"x-login-name": trait.LOGIN_FIELD,
    b"x-smtp-auth": trait.LOGIN_FIELD,
    b"x-sasl-username": trait.LOGIN_FIELD,
    b"x-get-message-sender-via": trait.LOGIN_FIELD,
    b"x-sender-ip": trait.WEBMAIL,
    b"x-originating-ip": trait.WEBMAIL,
    b"x-webmail-userid": trait.WEBMAIL,
    b"x-squirrelmail-authuser": trait.WEBMAIL,
    b"x-roundcube-user": trait.WEBMAIL,
    b"x-forwarded-to": trait.FORWARDED,
    b"x-forwarded-for": trait.FORWARDED,
    b"resent-from": trait.FORWARDED,
    b"resent-to": trait.FORWARDED,
    b"x-sieve-redirected-from": trait.FORWARDED,
    b"x-forwarded-encrypted": trait.FORWARDED,
    b"x-spam-flag": trait.SPAM_MARK,
    b"auto-submitted": trait.AUTOMATIC,
    b"x-failed-recipients": trait.AUTOMATIC,
    b"x-autoreply": trait.AUTOMATIC,
    b"from": trait.FROM,
    b"content-type": trait.CONTENT,
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
    rb"atm card|confidential|dear (?:friend|beloved|sir|one)|my dear|dearest|assist|award|payment|"
    rb"transfer|congratulation|partnership|greetings?|attention|god bless|good day|hello|next of kin|"
    rb"consignment|diplomat|deceased|trust|mutual|spende|kredit|darlehen|invoice|purchase order|quotation|"
    rb"swift copy|remittance)"
)
TITLE = re.compile(
    rb"[\s\"'<(]*(?:mr|mrs|ms|miss|dr|barr(?:ister)?|engr|prof|rev(?:erend)?|sgt|gen(?:eral)?|capt(?:ain)?|hon|atty|chief|pastor|prince(?:ss)?|sir|madam)"
    rb"(?:\.|\s)[\s.,]*[a-z]"
)
# What PHP calls code that was made while the script ran.
INJECTED = re.compile(rb"eval\(\)'d code|runtime-created function")
# Sender Rewriting Scheme, BATV, and the paths that Gmail and Exchange Online give to what they forward
REWRITTEN = re.compile(rb"<(?:srs[01][=+-]|prvs=|btv1=|[^<>@]*\+(?:caf_|srs)=)")
SIGNATURE = field_pattern((b"dkim-signature",))
SIGNER = re.compile(rb"[;\s]d\s*+=\s*+([a-z0-9.-]++)")
CALLED = {b"anonymous": trait.CALLED_ANONYMOUS, b"internal": trait.CALLED_INTERNAL}
# Read for what they say, beside those that count by being there.
READ = (b"to", b"reply-to", b"cc", b"sender")
# The server that puts a message into its recipient's mailbox writes his sender there (RFC 5321, section 4.4).
TOLD = dict.fromkeys(READ, 0) | {b"return-path": trait.STORED} | PRESENT
WANTED = name_pattern(TOLD)


def present_traits(fields: Fields) -> int:
    """Return what the fields besides Received say by being there."""
    bits = 0
    for name in fields.places:
        bits |= TOLD[name]
    return bits


def section_traits(fields: Fields, boxes: Mailboxes) -> int:
    """Return what the fields besides Received say by being there, and what kind of envelope they tell of."""
    bits = present_traits(fields)
    path = fields.get(b"return-path") or b""
    if path == b"<>":
        bits |= trait.NULL_SENDER
        bits |= trait.DAEMON if (boxes.sender or "").startswith(DAEMONS) else 0
    elif REWRITTEN.match(path):
        bits |= trait.REWRITTEN_PATH
    if bits & trait.SCRIPT and INJECTED.search(fields.get(b"x-php-originating-script") or b""):
        bits |= trait.SCRIPT_INJECTED
    if bits & trait.CONTENT:
        bits |= _content_traits(fields)
    return bits


def writer_traits(fields: Fields, boxes: Mailboxes, known: int) -> int:
    """Return what the fields that the writer fills in say of him and of his program."""
    bits = _from_traits(boxes) | _to_traits(boxes)
    if known & trait.SUBJECT:
        bits |= _subject_traits(fields, continues=bool(known & trait.CONVERSATION))
    if boxes.reply is not None and boxes.reply != boxes.sender:
        bits |= _reply_traits(fields, boxes)
    return bits | _program_traits(fields, known) | _house_traits(fields)


def _subject_traits(fields: Fields, *, continues: bool) -> int:
    """Return what the subject is like; of a conversation only the tag counts."""
    subject = fields.get(b"subject") or b""
    bits = trait.PATCH if b"[" in subject and TAGGED.match(subject) else 0
    if continues:
        return bits
    if ANSWER.match(subject):
        bits |= trait.SUBJECT_REPLY
    if b"=?" in subject:
        return bits
    written = fields.written(b"subject")
    shouts = written.isupper() and len(LETTERS.findall(written)) >= SHOUTED
    return bits | (trait.SUBJECT_SHOUTS if shouts else 0)


def described_traits(fields: Fields, boxes: Mailboxes, known: int) -> int:
    """Return what only readers are told: a title, lures, marks of filters, a signature of the house."""
    bits = 0
    subject = fields.get(b"subject") or b""
    if not known & trait.CONVERSATION:
        bits |= trait.FROM_TITLE if TITLE.match(fields.get(b"from") or b"") else 0
        bits |= trait.SUBJECT_LURES if LURE.search(subject) else 0
    if MARK.search(subject):
        bits |= trait.SUBJECT_MARKED
    return bits | _signed_traits(fields, boxes)


def _signed_traits(fields: Fields, boxes: Mailboxes) -> int:
    signature = next(fields.each(SIGNATURE), None)
    found = SIGNER.search(b";" + signature[2]) if signature else None
    house = found is not None and same_house(found[1].decode("ascii", "replace"), boxes.sender_domain)
    return trait.SIGNED_BY_HOUSE if house else 0


def _program_traits(fields: Fields, known: int) -> int:
    """Return what kind of program wrote the message."""
    bits = 0 if known & trait.DATE else trait.NO_DATE
    if known & trait.MAILER:
        bits |= program_traits(fields.get(b"x-mailer") or fields.get(b"user-agent") or b"")
    else:
        bits |= trait.NO_MAILER
    return bits


def _from_traits(boxes: Mailboxes) -> int:
    if boxes.sender is None:
        return trait.FROM_EMPTY
    return trait.FROM_FREE if is_free_mail(boxes.sender_domain) else 0


def _to_traits(boxes: Mailboxes) -> int:
    if boxes.to is None:
        return trait.TO_MISSING
    if boxes.recipient is None:
        return trait.TO_HIDDEN
    return trait.TO_SELF if boxes.recipient == boxes.sender else 0


def _reply_traits(fields: Fields, boxes: Mailboxes) -> int:
    """Return whether answers go to a stranger: not to the writer's house, a list or an addressee."""
    reply = boxes.reply or ""
    if reply.encode() in (boxes.to or b""):
        return 0
    domain = reply.rpartition("@")[2]
    if is_free_mail(domain):
        return trait.REPLY_FOREIGN | trait.REPLY_FREE
    if same_house(domain, boxes.sender_domain) or is_of_list(fields, domain):
        return 0
    others = (fields.get(name) or b"" for name in (b"cc", b"sender"))
    return 0 if any(domain.encode() in value for value in others) else trait.REPLY_FOREIGN


def _content_traits(fields: Fields) -> int:
    """Return whether this is a report (RFC 3464), and whether its text is in a code page of Windows."""
    kind = fields.get(b"content-type") or b""
    bits = trait.WINDOWS_CHARSET if b"windows-125" in kind else 0
    if b"multipart/report" in kind:
        bits |= trait.REPORT
    return bits


def _house_traits(fields: Fields) -> int:
    """Return what Exchange says of the writer."""
    if b"x-ms-exchange-organization-authas" not in fields.places:
        return 0
    return CALLED.get(fields.get(b"x-ms-exchange-organization-authas") or b"", 0)
