"""Whom a bounce is about: the recipients that it sets out, in its header, its report or its words."""

from __future__ import annotations

import re

from headertrace.bounces.notice import Notice
from headertrace.bounces.status_fields import Fields, untyped
from headertrace.bounces.transcript import Transcript

# A bounce on more recipients than this is a mailing list's.
RECIPIENT_COUNT = 500

_MAILBOX = re.compile(r"<?([^\s<>;,:\"]{1,64}@[^\s<>;,:\"\]]{1,255})>?")
_NAMED = re.compile(
    r"(?i)\b(?:to|for|recipient|local mailbox)\b:?[ \t'\"]{0,4}<?([^\s<>'\"]{1,64}@[\w.-]{1,255})"
)
# qmail and Postfix put a recipient so before what they have to say about it.
_HEADING = re.compile(r"(?m)^<([^\s<>]{1,64}@[^\s<>]{1,255})>:")
# A server speaks of its recipient so; a mailbox for complaints or a sender stands in a reply in other ways.
_SPOKEN_OF = re.compile(
    r"(?i)<([^\s<>]{1,64}@[^\s<>]{1,255})>"
    r"(?=: (?:recipient|relay|user)|\.\.\. (?:user|recipient|relaying|no such))"
    r"|\b(?:user|recipient|mailbox):? ?<([^\s<>]{1,64}@[^\s<>]{1,255})>"
)
# Amazon's notification is JSON (bouncedRecipients), sometimes quoted once more.
_BOUNCED = re.compile(r"\bemailAddress[\\\"]{1,4}:[\\\" ]{1,5}([^\s\"\\]{1,64}@[^\s\"\\]{1,255})")


def failed_recipients(notice: Notice, transcript: Transcript) -> tuple[str, ...]:
    """Return the failed recipients: those of the header and those that the words set out."""
    named = [reply.recipient for reply in transcript.replies if reply.recipient]
    sender = mailbox(notice.section.text("to"))
    told = [one for text in (*_of_header(notice), *transcript.recipients, *named) if (one := mailbox(text))]
    # The bounce goes to the sender: its address in the words is a copied header's, unless it stands alone.
    others = tuple(dict.fromkeys(one for one in told if one != sender)) or tuple(told[:1])
    return (others or _mentioned(notice, transcript, sender))[:RECIPIENT_COUNT]


def _mentioned(notice: Notice, transcript: Transcript, sender: str | None) -> tuple[str, ...]:
    """Return the recipient where no line sets it out: named in a sentence, or only by the server's reply."""
    in_words = _BOUNCED.findall(notice.words) or [one.rstrip(".") for one in _NAMED.findall(notice.words)]
    spoken = (_SPOKEN_OF.search(reply.text) for reply in transcript.replies)
    in_replies = (mailbox(found[1] or found[2]) for found in spoken if found)
    return tuple(in_words[:1]) or tuple(one for one in in_replies if one and one != sender)[:1]


def stated_recipients(notice: Notice) -> frozenset[str]:
    """Return the recipients that cannot be anything else: of the header, or ``<...>:`` before a report."""
    found = (mailbox(text) for text in (*_of_header(notice), *_HEADING.findall(notice.words)))
    return frozenset(one for one in found if one)


def _of_header(notice: Notice) -> list[str]:
    """Return the recipients that Exim and Gmail name in the header, and filters in their receipts."""
    return _MAILBOX.findall(
        notice.section.text("x-failed-recipients") or notice.receipt.get("final-recipient") or ""
    )


def recipient_of(group: Fields) -> str | None:
    """Return the recipient that a group of status fields is about (RFC 3464, section 2.3).

    That is the final one where it is a mailbox: a local account and an X.400 address are none.
    """
    told = [untyped(group.get("final-recipient")), untyped(group.get("original-recipient"))]
    return mailbox(next((one for one in told if one and "@" in one), told[0] or told[1]))


def mailbox(text: str | None) -> str | None:
    """Return the mailbox in a text, its domain in lower case; the text itself where it holds none."""
    found = _MAILBOX.search(text or "")
    if found is None:
        return (text or "").strip("<> ") or None
    local, _, domain = found[1].rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"
