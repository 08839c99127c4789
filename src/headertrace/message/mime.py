"""The MIME parts of a whole message: mail-parser splits and decodes, we bound what it is given."""

from __future__ import annotations

import binascii
import logging
import quopri
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from headertrace.message.adapters import MIME_LIMIT
from headertrace.message.display import whole
from headertrace.message.layout import locate_section

if TYPE_CHECKING:
    from email.message import Message as EmailMessage

# The parameters of a MIME field fit in a few lines; the standard library's reading of them is quadratic.
CONTENT_FIELD_LIMIT = 2000
# A bounce has three parts, a digest some dozens; each costs a quarter of a millisecond.
PARTS_LIMIT = 1000
# A delivery status is cut at its blank lines, and what is between two of them, even nothing, costs 20 us.
BLANK_LINES_LIMIT = 10_000
# The email package recurses once a level; nobody nests deeper on purpose.
NESTING_LIMIT = 40

_CONTENT_FIELD = re.compile(rb"(?im)^(?:content-[a-z-]++|mime-version)[ \t]*+:[^\n]*+(?:\n[ \t][^\n]*+)*+")
_BLANK_LINE = re.compile(rb"(?:\r\n|\r|\n)[ \t]*+(?=[\r\n])")
_CONTAINER = re.compile(rb"(?im)^content-type[ \t]*+:\s*+(?:multipart|message)/")
# Python takes these for charsets; they are made for host names and need quadratic time on a text.
_NAME_CODECS = re.compile(rb"(?i)\b(?:puny_?code|idna)\b")
# In pieces, or with %70 for p (RFC 2231, sections 3 and 4), they would be named nevertheless.
_SPELT_CHARSET = re.compile(rb"(?i)\bcharset(?=[ \t]*+\*)")
_BLOCKS = frozenset(
    {
        "message/delivery-status", "message/global-delivery-status", "message/feedback-report",
        "message/disposition-notification", "message/global-disposition-notification",
    }
)  # fmt: skip
_RETURNED = frozenset({"message/rfc822", "message/global"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MimePart:
    """One leaf of a message, its text decoded; an embedded message is one leaf with header and body."""

    content_type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MimeParts:
    """The leaves of a message in their order, its own content type and its ``report-type`` (RFC 6522)."""

    content_type: str
    report_type: str | None
    parts: tuple[MimePart, ...]


def read_mime_parts(raw: bytes) -> MimeParts:
    """Return the leaves of a message; where its structure cannot be read, its whole body is the one leaf."""
    layout = locate_section(raw[:MIME_LIMIT])
    head, body = layout.lines, raw[layout.body_start : MIME_LIMIT]
    # Only MIME fields are handed on: the rest of a hostile header costs time and tells nothing of the parts.
    fields = b"\n".join(_shorten(match) for match in _CONTENT_FIELD.finditer(head))
    if _is_costly(body):
        return _flat(body)
    return _parsed(fields + b"\n\n" + _CONTENT_FIELD.sub(_shorten, body)) or _flat(body)


def _is_costly(body: bytes) -> bool:
    """Return whether the email package would make more of a body than any honest one holds."""
    return (
        body.count(b"\n--") > PARTS_LIMIT
        or len(_CONTAINER.findall(body)) > NESTING_LIMIT
        or len(_BLANK_LINE.findall(body)) > BLANK_LINES_LIMIT
    )


def _shorten(match: re.Match[bytes]) -> bytes:
    field = _SPELT_CHARSET.sub(b"unread-charset", match[0][:CONTENT_FIELD_LIMIT].rstrip())
    return _NAME_CODECS.sub(b"utf-8", field)


def _flat(body: bytes) -> MimeParts:
    part = MimePart(content_type="text/plain", text=body.decode("utf-8", "replace"))
    return MimeParts(content_type="text/plain", report_type=None, parts=(part,))


def _parsed(raw: bytes) -> MimeParts | None:
    from mailparser import parse_from_bytes  # noqa: PLC0415  (124 ms, and only bounces need it)

    # It logs every part that it has no use for, and without a handler Python prints that on standard error.
    _quiet(logging.getLogger("mailparser"))
    try:
        message = cast("EmailMessage", parse_from_bytes(raw).message)
        parts = tuple(_leaves(message))
        report_type = message.get_param("report-type")
    # The email package raises errors of many kinds on damaged MIME; the flat text is read instead.
    except Exception:
        return None
    report = report_type.lower() if isinstance(report_type, str) else None
    return MimeParts(content_type=message.get_content_type(), report_type=report, parts=parts)


def _quiet(logger: logging.Logger) -> None:
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def _leaves(message: EmailMessage) -> list[MimePart]:
    kind = message.get_content_type()
    payload = message.get_payload()
    if not isinstance(payload, list):
        return [MimePart(content_type=kind, text=_text(message))]
    children = cast("list[EmailMessage]", payload)
    if kind in _RETURNED:
        return [MimePart(content_type=kind, text="\n".join(_unparsed(child) for child in children))]
    if kind in _BLOCKS:
        return [MimePart(content_type=kind, text=_blocks(message, children))]
    return [leaf for child in children for leaf in _leaves(child)]


def _blocks(message: EmailMessage, children: list[EmailMessage]) -> str:
    """Return the groups of fields of a report, decoded where somebody encoded it, against RFC 3464."""
    raw = b"\n\n".join(_octets(child) for child in children)
    encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "base64":
        raw = _from_base64(raw)
    elif encoding == "quoted-printable":
        raw = quopri.decodestring(raw)
    # Names and addresses may be UTF-8 (RFC 6533, section 3).
    return raw.decode("utf-8", "replace").replace("\r\n", "\n")


def _octets(message: EmailMessage) -> bytes:
    """Return a group of fields as it came: the package's own text has no letters beyond ASCII."""
    payload = message.get_payload(decode=True)
    rest = b"\n" + payload if isinstance(payload, bytes) and payload else b""
    return _fields(message).encode("utf-8", "surrogateescape") + rest


def _from_base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        return raw


def _unparsed(message: EmailMessage) -> str:
    fields, payload = _fields(message), message.get_payload()
    body = _body_of_parts(message) if isinstance(payload, list) else payload
    return f"{fields}\n{body}" if body else fields


def _fields(message: EmailMessage) -> str:
    return "".join(f"{name}: {value}\n" for name, value in message.raw_items())


def _body_of_parts(message: EmailMessage) -> str:
    """Return the parts of an embedded message as they came: it may be a bounce itself."""
    try:
        return message.as_string(maxheaderlen=0).partition("\n\n")[2]
    # The email package raises errors of many kinds when it writes what is damaged.
    except Exception:
        return ""


def _text(message: EmailMessage) -> str:
    payload = message.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return str(message.get_payload())
    try:
        return whole(payload.decode(message.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeError):
        return payload.decode("utf-8", "replace")
