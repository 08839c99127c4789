"""A bounce taken apart: its header, what it tells people, what it tells machines, and what it returns."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from headertrace.bounces.status_fields import Fields, StatusReport, flat_status, read_status
from headertrace.message.mime import MimePart, read_mime_parts
from headertrace.message.section import HeaderSection, read_section

# The words of a bounce fit in a few pages; what follows is advertising or the returned message.
TEXT_LIMIT = 128 * 1024
# What may tell a returned header from words: its first fields.
HEADER_LIMIT = 64 * 1024

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RECEIPT_TYPES = ("message/disposition-notification", "message/global-disposition-notification")
_RETURNED_TYPES = (
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "text/rfc822-header",
    "message/global-headers",
)
_FIELD = re.compile(r"(?m)^[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*+:")
# A line that announces the returned message, between dashes or by itself.
_RULED = (
    r"below this line|(?:this is )?(?:a |the )?(?:full )?copy of|(?:the )?original (?:message|header)"
    r"|(?:the )?header of the original|(?:message )?headers? (?:follow|of)"
    r"|message (?:text|contents?) follows?|returned (?:message|mail)|un(?:sent|delivered) message"
    r"|included is a copy"
)
_PLAIN = (
    r"original message (?:headers?|follows)|original headers?|message headers? follows?"
    r"|the (?:original )?message (?:header|headers|text) (?:follows?|is)|header of the returned message"
    r"|below is (?:a copy of )?the (?:header|original)"
)
_TRACE_FIELDS = r"return-path|received|delivered-to|x-original-to|dkim-signature|x-apparently-to"
_RETURNED = re.compile(
    rf"(?im)^[>\s]{{0,8}}(?:{_TRACE_FIELDS})[ \t]*+:"
    r"|^[ \t]*+content-type[ \t]*+:[ \t]*+(?:message/rfc822|text/rfc822-headers?)"
    rf"|^[ \t]*+[-=*_]{{2,80}}[^\n\w]{{0,5}}(?:{_RULED})[^\n]*+$"
    rf"|^[ \t]*+(?:{_PLAIN})[^\n]{{0,60}}$"
)
_NAME = r"[A-Za-z][A-Za-z0-9-]{0,60}"
_HEADER_START = re.compile(rf"\s*+(?i:from [^\n]*+\n)?{_NAME}:[ \t][^\n]*+\n(?:[ \t][^\n]*+\n)*+{_NAME}:")
_RETURNED_FIELD = re.compile(r"(?im)^(?:received|return-path|message-id|x-mailer|mime-version)[ \t]*+:")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,4000}>")
_BREAK = re.compile(r"(?i)<(?:br|/?p|/?div|/?tr|/?h[1-6]|/?li|/?table)\b[^<>]{0,1000}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """``section``: its own header; ``words``: what it tells people; ``receipt``: the fields of a receipt (RFC
    8098, section 3); ``returned``: the message sent back.
    """

    section: HeaderSection
    content_type: str
    report_type: str | None
    words: str
    status: StatusReport
    receipt: Fields
    returned: str


def read_notice(raw: bytes) -> Notice:
    """Return the parts of a message as a bounce has them; each is empty where it has none."""
    mime = read_mime_parts(raw)
    words, returned = _told(mime.parts)
    status = "\n\n".join(part.text for part in mime.parts if part.content_type in _STATUS_TYPES)
    receipt = next((part.text for part in mime.parts if part.content_type in _RECEIPT_TYPES), "")
    return Notice(
        section=read_section(raw),
        content_type=mime.content_type,
        report_type=mime.report_type,
        words=words,
        status=read_status(status or flat_status(words)),
        receipt=next(iter(read_status(receipt).recipients), {}),
        returned=returned,
    )


def _told(parts: tuple[MimePart, ...]) -> tuple[str, str]:
    """Return the words for people and the returned message; broken MIME leaves both in one leaf."""
    returned = [part.text for part in parts if part.content_type in _RETURNED_TYPES]
    plain = [part.text for part in parts if _is_text(part)]
    returned += [text for text in plain[1:] if _is_header(text)]
    plain = [text for place, text in enumerate(plain) if not place or not _is_header(text)]
    if not any(text.strip() for text in plain):
        plain = [without_tags(part.text) for part in parts if part.content_type == "text/html"]
    words, rest = cut_returned("\n\n".join(plain).replace("\r\n", "\n")[:TEXT_LIMIT])
    return words, "\n".join(returned) or rest


def _is_text(part: MimePart) -> bool:
    return part.content_type.startswith(("text/plain", "multipart/"))


def _is_header(text: str) -> bool:
    return bool(_HEADER_START.match(text) and _RETURNED_FIELD.search(text[:HEADER_LIMIT]))


def cut_returned(text: str) -> tuple[str, str]:
    """Return what stands before the returned message, and that message from its first field on."""
    mark = _RETURNED.search(text)
    if mark is None:
        return text, ""
    rest = text[mark.start() :]
    field = _FIELD.search(rest)
    return text[: mark.start()], rest[field.start() :] if field else ""


def without_tags(text: str) -> str:
    """Return the words of an HTML page, one line for each block."""
    text = _without_element(_without_element(text[:TEXT_LIMIT], "style"), "script")
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def _without_element(text: str, name: str) -> str:
    """Return the page without the elements whose content is no text; an unclosed one hides what follows."""
    first, *others = re.split(rf"(?i)<{name}\b", text)
    return first + "".join(re.split(rf"(?i)</{name}\s*+>", other, maxsplit=1)[-1] for other in others)
