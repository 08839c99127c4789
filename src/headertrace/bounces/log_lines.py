"""Replies without a bounce around them: lines of a server's log, a session, or one pasted reply."""

from __future__ import annotations

import re
from dataclasses import replace

from headertrace.bounces.replies import (
    CODE,
    ENHANCED,
    REPLY_LIMIT,
    RemoteHost,
    Reply,
    read_address,
    read_reply,
)
from headertrace.bounces.transcript import REPLY_COUNT, Transcript, read_host

_ADDRESS = r"[^\s<>,]{1,64}@[\w.-]{1,255}"
# Postfix, sendmail and OpenSMTPD write ``to=<...>``, Exim ``** ...`` for a failure and ``== ...`` for a
# delay, qmail ``to remote ...``.
_RECIPIENT = re.compile(rf"(?:\bto=<?|(?:\*\*|==) |\bto remote |(?i:\brcpt to:) ?<?)(?P<address>{_ADDRESS})")
# Postfix ``relay=name[ip]:25``, sendmail ``relay=name. [ip]``, Exim ``H=name [ip]``.
_RELAY = re.compile(r"\b(?:relay|H)=(?P<name>[\w.-]{1,255}?)\.? ?\[(?P<ip>[0-9A-Fa-f.:]{2,45})\]")
# Behind a colon (most), in parentheses (sendmail), in quotes (OpenSMTPD), behind an arrow (MDaemon, swaks,
# Exchange's protocol log), or as the last error of Exchange Online's message trace.
_REPLY = re.compile(
    rf"(?:^|:\s|\bstat=[^\n(]{{0,100}}\(|\bstat=\"|<--? +|<\*\* +|,<,\"?|\bLED=)(?P<reply>{CODE}[ -].*)"
)
# Postfix without a reply: the server could not be reached, or Postfix itself refused.
_STATUS = re.compile(rf"\bdsn=(?P<dsn>{ENHANCED}), status=(?:bounced|deferred|expired) \((?P<words>.+)")
# What our own server refused others: no refusal of ours.
_OURS = re.compile(
    r"\bNOQUEUE\b|/smtpd\[|\bmilter-reject\b|\brejected (?:after )?(?:RCPT|MAIL|EHLO|HELO|DATA|connection)\b"
)
_GOES_ON = re.compile(rf"{CODE}-")
_SESSION = re.compile(r"(?im)^[ \t]*(?:\S{1,3} ?)?(?:mail from|rcpt to):")


def read_log(text: str) -> Transcript:
    """Return the replies in a text that is no message; none where it only speaks of them."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _OURS.search(line)]
    told = "\n".join(lines)
    if not lines or not (_REPLY.match(lines[0]) or _SESSION.search(told) or _RECIPIENT.search(told)):
        return Transcript(replies=(), recipients=())
    replies: list[Reply] = []
    recipient = None
    for line in _joined(lines):
        named = _RECIPIENT.search(line)
        recipient = named["address"].rstrip(".") if named else recipient
        if reply := _reply(line):
            replies.append(replace(reply, recipient=recipient, host=_relay(line) or read_host(line)))
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
            # qmail writes blanks as ``_``.
            joined.append(line.replace("_", " ") if "_said:_" in line else line)
    return joined


def _reply(line: str) -> Reply | None:
    """Return the reply in one line, or what Postfix says where there was none."""
    if found := _REPLY.search(line):
        # Exim writes the line ends of a reply as two characters.
        return read_reply(found["reply"].replace("\\n", " ").removesuffix("))"))
    if found := _STATUS.search(line):
        return replace(read_reply(found["words"].removesuffix(")")), status=found["dsn"])
    return None


def _relay(line: str) -> RemoteHost | None:
    found = _RELAY.search(line)
    return RemoteHost(name=found["name"].lower(), ip=read_address(found["ip"])) if found else None
