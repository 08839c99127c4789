"""Replies without a bounce around them: lines of a server's log, a session, or one pasted reply."""

from __future__ import annotations

import re
from dataclasses import replace

from headertrace.bounces.replies import CODE, REPLY_LIMIT, RemoteHost, Reply, read_address, read_reply
from headertrace.bounces.transcript import REPLY_COUNT, Transcript, read_host

_ADDRESS = r"[^\s<>,]{1,64}@[\w.-]{1,255}"
# Postfix and sendmail write ``to=<...>``, Exim ``** ...`` for a failure and ``== ...`` for a delay.
_RECIPIENT = re.compile(rf"(?:\bto=<?|(?:\*\*|==) |(?i:\brcpt to:) ?<?)(?P<address>{_ADDRESS})")
# Postfix ``relay=name[ip]:25``, sendmail ``relay=name. [ip]``, Exim ``H=name [ip]``.
_RELAY = re.compile(r"\b(?:relay|H)=(?P<name>[\w.-]{1,255}?)\.? ?\[(?P<ip>[0-9A-Fa-f.:]{2,45})\]")
_REPLY = re.compile(
    rf"(?:^|(?:\bsaid|>|refused to talk to me|\breply):\s|\bstat=[^\n(]{{0,100}}\()(?P<reply>{CODE}[ -].*)"
)
_GOES_ON = re.compile(rf"{CODE}-")
_SESSION = re.compile(r"(?im)^(?:\S{1,3} ?)?(?:mail from|rcpt to):")


def read_log(text: str) -> Transcript:
    """Return the replies in a text that is no message; none where it only speaks of them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not (_REPLY.match(lines[0]) or _SESSION.search(text) or _RECIPIENT.search(text)):
        return Transcript(replies=(), recipients=())
    replies: list[Reply] = []
    recipient = None
    for line in _joined(lines):
        named = _RECIPIENT.search(line)
        recipient = named["address"].rstrip(".") if named else recipient
        if found := _REPLY.search(line):
            replies.append(_reply(found["reply"], line, recipient))
        if len(replies) >= REPLY_COUNT:
            break
    recipients = tuple(dict.fromkeys(reply.recipient for reply in replies if reply.recipient))
    return Transcript(replies=tuple(replies), recipients=recipients)


def _joined(lines: list[str]) -> list[str]:
    """Return the lines with those of one reply in one (RFC 5321, section 4.2.1)."""
    joined: list[str] = []
    for line in lines:
        before = joined[-1] if joined else ""
        if _GOES_ON.match(before) and line.startswith(before[:3]) and len(before) < REPLY_LIMIT:
            joined[-1] = f"{before} {line}"
        else:
            joined.append(line)
    return joined


def _reply(text: str, line: str, recipient: str | None) -> Reply:
    # Exim writes the line ends of a reply as two characters.
    reply = read_reply(text.replace("\\n", " ").removesuffix("))"))
    return replace(reply, recipient=recipient, host=_relay(line) or read_host(line))


def _relay(line: str) -> RemoteHost | None:
    found = _RELAY.search(line)
    return RemoteHost(name=found["name"].lower(), ip=read_address(found["ip"])) if found else None
