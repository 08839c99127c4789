"""One SMTP reply as a bounce quotes it: its lines joined, its code and its enhanced status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address

from headertrace.received.hop import Address

# The longest reply seen is 2 KB; this much is read of one.
REPLY_LIMIT = 8000
# The status stands near the beginning; a number of the same shape further on is a version or an address.
STATUS_WITHIN = 400

CODE = r"[45]\d\d"
ENHANCED = r"[245]\.\d{1,3}\.\d{1,3}"

_PARTS = re.compile(rf"(?P<code>{CODE})?[\s:-]{{0,3}}#?(?P<status>{ENHANCED}(?![.\d]))?")
_LATE_STATUS = re.compile(rf"[#(\[ ]({ENHANCED})(?=[)\]\s;:,]|$)")
# What the bouncing server adds behind a reply in the same paragraph.
_OWN_WORDS = re.compile(
    r"(?i)\bI'm not going to try again|\bgiving up on |\(in reply to [A-Z]|\bRemote system: "
    r"|\bSTARTTLS proto=|\\{0,3}\"(?:\}|,\\{0,3}\")"
)
# Folding may cut a page's address: "https: 550 5.1.0 //list.example/".
_SPLIT_LINK = re.compile(r"(https?:)\s(?=//)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteHost:
    """The server that gave a reply, as the bounce names it."""

    name: str | None = None
    ip: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply in one line; ``text`` has no continuation marks any more (RFC 5321, section 4.2.1)."""

    text: str
    code: int | None = None
    status: str | None = None
    recipient: str | None = None
    host: RemoteHost | None = None


def read_reply(text: str) -> Reply:
    """Return one reply with its code and enhanced status (RFC 3463)."""
    line = " ".join(_OWN_WORDS.split(text[:REPLY_LIMIT])[0].split()).strip("\"'| ")
    line = _balanced(line)
    parts = _PARTS.match(line)
    code, status = (parts["code"], parts["status"]) if parts else (None, None)
    if code:
        line = _SPLIT_LINK.sub(r"\1", _joined(line, code, status))
    return Reply(text=line, code=int(code) if code else None, status=status or late_status(line))


def late_status(line: str) -> str | None:
    """Return an enhanced status that stands inside a text, as ``(#5.7.1)`` or by itself."""
    found = _LATE_STATUS.search(line[:STATUS_WITHIN])
    return found[1] if found else None


def read_address(text: str | None) -> Address | None:
    """Return an address literal, with or without its ``IPv6:`` tag; None where it is none."""
    try:
        return ip_address((text or "").lower().removeprefix("ipv6:"))
    except ValueError:
        return None


def _balanced(line: str) -> str:
    """Return the line without a closing bracket that belongs to the sentence around the reply."""
    for opening, closing in ("()", "[]", "<>", "{}"):
        if line.endswith(closing) and line.count(closing) > line.count(opening):
            return line[:-1].rstrip("\"' ")
    return line


def _joined(line: str, code: str, status: str | None) -> str:
    """Return the reply without the codes that open its second and later lines."""
    repeated = rf"(?:[ -]{re.escape(status)})?(?:[ -]|$)" if status else r"(?:-|\s(?=\S))"
    rest = line[len(code) :].lstrip("- ")
    return code + " " + re.sub(rf"(?<![\w.:/=#]){code}{repeated}", "", rest).strip()
