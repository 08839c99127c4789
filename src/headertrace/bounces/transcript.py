"""The words of a bounce taken apart: which recipient, which server, which replies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from headertrace.bounces.replies import (
    CODE,
    ENHANCED,
    RemoteHost,
    Reply,
    late_status,
    read_address,
    read_reply,
)

# A bounce about more recipients than this is a mailing list's; the first tell all.
REPLY_COUNT = 500
# A recipient's own paragraph, where it quotes no code.
WORDS_LIMIT = 2000

_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,255}"
_NAME = r"(?:[A-Za-z0-9_-]{1,63}\.){1,10}[A-Za-z0-9-]{1,63}"
_IP = r"(?:\d{1,3}(?:\.\d{1,3}){3}|(?:IPv6:)?[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})"

# A reply begins a line, or follows what introduces a quotation; a number inside a sentence is none.
_START = re.compile(
    r"(?:(?m:^)|<--|[:;<>\[({'\"#|=]|\b(?:said|returned|response|error|status|code|was|reason|with))[\s:>'\"]{0,4}"
    rf"(?:SMTP;\s?)?(?P<code>{CODE})(?=[ :-]\s?\S)(?![\d.]{{2}})"
    rf"|(?m:^)[ \t]{{0,8}}#?(?P<status>{ENHANCED})\s(?=\S)"
)
# An address that opens a line is the recipient of what follows, until the next one.
_RECIPIENT = re.compile(
    r"(?im)^[ \t>*\"'-]{0,12}"
    r"(?![^:@\n]{0,40}\b(?:from|sender|contact|reply|cc|message-id|support|help|e-?mail|please|bcc)\b)"
    r"(?![^:\uff1a@\n]{0,20}(?:发件人|寄件人|寄件者|差出人|送信者|отправител))"
    r"(?:[a-z][a-z0-9' -]{1,50}:|[^\x00-\x7f\s]{2,20}(?: ?[:\uff1a]|\t))?[ \t]{0,6}"
    # Exchange 5.5 writes X.400 addresses; Exim hides where an alias leads.
    r"(?:\[?(?:rfc822;|smtp:)[ \t]?|\[|c=[^@\n]{1,120};dda:smtp="
    r"|an undisclosed address\s{1,12}\(generated from )?"
    rf"[<\"]?(?P<address>{_ADDRESS})[>\"]?"
    r"(?=\s*(?:[:(#\[\]<]|\)?$|- |\.\.\.|\.? reason\b|; on "
    r"|,? (?:failed|was|did|could|on|because|at|invalid|error)\b"
    # Exchange says when, in the reader's language: "am 17.12.2019", "le 17/12/2019".
    r"|,? (?:[^\W\d_]{1,4}\.? )?\d{1,4}[./-]\d{1,2}[./-]\d))"
)
# Sendmail's own verdict on a recipient: ``554 5.0.0 <user@host.example>... Service unavailable``.
_ABOUT = re.compile(rf"{CODE}(?: {ENHANCED})? <?(?P<address>{_ADDRESS})>?\.\.\. ")
_HOST = re.compile(
    "|".join(
        (
            rf"\bhost:? (?P<name1>{_NAME})\.? ?[\[(](?P<ip1>{_IP})",
            rf"\bhost:? (?P<name2>{_NAME})(?:[ \t]*(?m:$)| (?:says|said)\b)",
            rf"\bwhile talking to \[?(?P<name3>{_NAME})",
            rf"\bconnected to (?P<ip4>{_IP}) but",
            rf"(?m:^)(?P<ip5>{_IP}) (?:does not like|failed after)",
            rf"\bby (?P<name6>{_NAME})\.? ?[\[(](?P<ip6>{_IP})",
            rf"\bserver at (?P<name7>{_NAME}) ?\((?P<ip7>{_IP})\) returned",
            rf"(?m:^)[ \t]*(?P<name8>{_NAME}) (?:rejected your message|gave this error)",
            rf"(?m:^)[ \t]*(?P<name9>{_NAME})[ \t]*\n[ \t]*remote server returned",
            rf"\bserver [<(]?(?:(?P<ip10>{_IP})|(?P<name10>{_NAME}))[>)]?"
            r" (?:rejected|refused|said|responded|issued)",
            rf"(?m:^)[ \t]{{0,8}}(?P<name11>{_NAME}) #<?(?:{CODE})?",
            rf"\bserver (?P<name16>{_NAME})\[(?P<ip16>{_IP})\] failed with",
            rf"(?m:^)[ \t]{{1,8}}(?P<name17>{_NAME}) ?\[(?P<ip17>{_IP})\]:[ \t]*(?m:$)",
            rf"(?m:^)[ \t]{{0,8}}(?P<name18>{_NAME}) ?\[(?P<ip18>{_IP})\] (?:said|responded|refused)",
            rf"\bremote-mta:\s{{0,4}}(?:dns;)?\s?[<\[]?(?:(?P<ip12>{_IP})|(?P<name12>{_NAME}))",
            rf"\b(?:connect(?:ing|ion)? to|attempting smtp connection to) \[(?P<ip14>{_IP})",
            rf"(?:(?m:^)|[:\s])(?P<name15>{_NAME}) response to (?:rcpt|mail|data)",
            rf"\b(?:connect(?:ing|ion)? to|from host|remote (?:host|server)) (?P<name13>{_NAME})"
            rf"\.? ?(?:[\[(](?P<ip13>{_IP}))?",
        )
    ),
    re.IGNORECASE,
)
_PROMPT = re.compile(r"(?m)^(?:[ \t]*<<< ?|[ \t]*\|[ \t]?)")
_SENT = re.compile(r"(?im)^[ \t]*>>> (?:mail|data|ehlo|helo|quit|rset|auth|starttls|\.)[^\n]*+\n?")
# What follows a transcript's answer is sendmail's own: no part of it.
_ANSWER_END = re.compile(r"(?m)^([ \t]*<<<[^\n]*\n)(?![ \t]*<<<)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# Postfix and Exim wrap and indent: an indented line goes on with the one before.
_WRAPPED = re.compile(r"\n[ \t]{1,12}(?=\S)")
# But a code in the line below an address that stands alone begins the reply.
_BELOW = re.compile(rf"\A([ \t]{{0,12}}<?{_ADDRESS}>?:?)[ \t]{{0,4}}\n[ \t]{{1,12}}(?={CODE}[ -])")


@dataclass(slots=True)
class _Place:
    """Whose report the walk is in: both last until others are named."""

    recipient: str | None = None
    host: RemoteHost | None = None
    found: list[Reply] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The replies quoted in a bounce, and every address that it sets out as a recipient, in their order."""

    replies: tuple[Reply, ...]
    recipients: tuple[str, ...]


def read_transcript(words: str) -> Transcript:
    """Return what the words of a bounce quote."""
    place = _Place()
    recipients: dict[str, None] = {}
    for paragraph in _PARAGRAPH.split(_ANSWER_END.sub(r"\1\n", _SENT.sub("", words))):
        for chunk, address in _by_recipient(paragraph):
            recipients.update({address: None} if address else {})
            _read_chunk(chunk, address, place)
        if len(place.found) > REPLY_COUNT:
            break
    return Transcript(replies=tuple(place.found[:REPLY_COUNT]), recipients=tuple(recipients)[:REPLY_COUNT])


def read_host(text: str) -> RemoteHost | None:
    """Return the server that a text says it talked to."""
    found = _HOST.search(text)
    if found is None:
        return None
    groups = {name: value for name, value in found.groupdict().items() if value}
    name = next((value for key, value in groups.items() if key.startswith("name")), None)
    ip = next((value for key, value in groups.items() if key.startswith("ip")), None)
    return RemoteHost(name=name.rstrip(".").lower() if name else None, ip=read_address(ip))


def _read_chunk(chunk: str, address: str | None, place: _Place) -> None:
    other = address is not None and address != place.recipient
    place.recipient = address or place.recipient
    place.host = read_host(chunk) or (None if other else place.host)
    for reply in _replies(chunk, address):
        recipient = address or _about(reply) or place.recipient
        place.found.append(replace(reply, recipient=recipient, host=place.host))


def _about(reply: Reply) -> str | None:
    found = _ABOUT.match(reply.text)
    return found["address"] if found else None


def _by_recipient(paragraph: str) -> Iterator[tuple[str, str | None]]:
    marks = list(_RECIPIENT.finditer(paragraph))
    ends = [mark.start() for mark in marks] + [len(paragraph)]
    if paragraph[: ends[0]].strip():
        yield paragraph[: ends[0]], None
    for mark, end in zip(marks, ends[1:], strict=True):
        yield paragraph[mark.start() : end], mark["address"]


def _replies(chunk: str, address: str | None) -> list[Reply]:
    """Return the replies in a text; the whole of it where a recipient's report quotes no code."""
    text = _WRAPPED.sub(" ", _BELOW.sub(r"\1\n", _PROMPT.sub("", chunk)))
    found = [read_reply(part) for part in _split(text)]
    if found or address is None:
        return found
    told = " ".join(text.replace(address, " ", 1).split()).strip("<>:\"'()[]*- ")[:WORDS_LIMIT]
    return [Reply(text=told, status=late_status(told))] if told else []


def _split(chunk: str) -> Iterator[str]:
    """Yield the texts that begin with a reply code; the lines of one reply stay together."""
    start, code = None, ""
    for found in _START.finditer(chunk):
        group = "code" if found["code"] else "status"
        at = found.start(group)
        if (
            start is not None
            and found[group] == code
            and chunk[start + len(code) : start + len(code) + 1] == "-"
        ):
            continue
        if start is not None:
            yield chunk[start:at]
        start, code = at, found[group]
    if start is not None:
        yield chunk[start:]
