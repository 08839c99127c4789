"""Messages as mail servers keep them in their queues: Postfix through ``postcat``, Exim's ``-H`` files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A header is shorter; what a spool file holds beyond this is not read.
HEADER_LIMIT = 1024 * 1024

# A message has four marks of its own; a text that imitates them gets no further than this many.
MARKS_LIMIT = 1000

_POSTCAT_MARK = re.compile(rb"(?m)^\*\*\* (?P<part>[A-Z ]{4,30}) (?P<name>\S{1,250}) \*\*\*\r?$")
_POSTCAT_FIELD = re.compile(rb"(?m)^(?:named_attribute: )?(?P<name>[a-z_]{3,40})[=:] ?(?P<value>[^\r\n]*)")
_EXIM_START = re.compile(rb"[A-Za-z0-9]{6,11}-[A-Za-z0-9]{6,11}-[A-Za-z0-9]{2,4}-H\r?\n")
_EXIM_OPTION = re.compile(rb"(?m)^--?(?P<name>[a-z_]{3,30}) (?P<value>[^\r\n]*)")
# "208P Received: ...": how many bytes, and what kind of field; "*" is one that was taken out.
_EXIM_FIELD = re.compile(rb"(?P<length>\d{3,7})(?P<flag>.) ")
_EXIM_DELETED = b"*"
# The last two parts of "host_address 192.0.2.1.4432" are address and port.
_EXIM_ADDRESS = re.compile(r"(?P<address>.+)\.(?P<port>\d{1,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One message in a queue: its header, and what the envelope tells besides.

    ``login`` is the account that handed it in, ``client`` the address from which; ``name`` the queue's id.
    """

    name: str
    header: bytes
    login: str | None = None
    client: str | None = None
    sender: str | None = None
    recipients: tuple[str, ...] = ()


def is_queued(head: bytes) -> bool:
    """Return whether a file that begins so is one that ``read_queued`` reads."""
    return head.startswith(b"*** ENVELOPE RECORDS ") or _EXIM_START.match(head) is not None


def read_queued(raw: bytes) -> tuple[Queued, ...]:
    """Return the messages of ``postcat``, one after the other, or of one Exim ``-H`` file; else none."""
    if raw.startswith(b"*** ENVELOPE RECORDS "):
        return tuple(_from_postcat(raw))
    if _EXIM_START.match(raw):
        return (_from_exim(raw),)
    return ()


def _from_postcat(raw: bytes) -> Iterator[Queued]:
    """Yield the messages; a message's text may hold lines like the marks, but not with the queue's id."""
    marks = list(_POSTCAT_MARK.finditer(raw))
    place = 0
    while place < len(marks):
        opening = marks[place]
        own: dict[bytes, int] = {}
        for number, mark in enumerate(marks[place : place + MARKS_LIMIT], place):
            if mark["name"] == opening["name"]:
                own.setdefault(mark["part"], number)
        contents = own.get(b"MESSAGE CONTENTS")
        if opening["part"] == b"ENVELOPE RECORDS" and contents is not None:
            yield _of_postfix(raw, opening, marks[contents])
        place = own.get(b"MESSAGE FILE END", len(marks)) + 1


def _of_postfix(raw: bytes, opening: re.Match[bytes], contents: re.Match[bytes]) -> Queued:
    envelope = raw[opening.end() : contents.start()]
    found = [(match["name"], _text(match["value"]).strip()) for match in _POSTCAT_FIELD.finditer(envelope)]
    fields = dict(reversed(found))
    return Queued(
        name=_text(opening["name"]).rpartition("/")[2],
        header=raw[contents.end() : contents.end() + HEADER_LIMIT].lstrip(b"\r\n"),
        login=fields.get(b"sasl_username") or None,
        client=fields.get(b"client_address") or fields.get(b"log_client_address") or None,
        sender=fields.get(b"sender"),
        recipients=tuple(value for key, value in found if key == b"recipient"),
    )


def _from_exim(raw: bytes) -> Queued:
    lines = raw.split(b"\n", 3)
    options = {
        match["name"]: _text(match["value"]).strip() for match in _EXIM_OPTION.finditer(raw[:HEADER_LIMIT])
    }
    envelope, _, fields = raw[:HEADER_LIMIT].partition(b"\n\n")
    client = _EXIM_ADDRESS.fullmatch(options.get(b"host_address", ""))
    return Queued(
        name=_text(lines[0]).strip().removesuffix("-H"),
        header=b"".join(_exim_fields(fields)),
        login=options.get(b"auth_id") or None,
        client=client["address"] if client else None,
        sender=_text(lines[2]).strip().strip("<>") if len(lines) > 2 else None,
        recipients=tuple(_exim_recipients(envelope)),
    )


def _exim_recipients(envelope: bytes) -> Iterator[str]:
    """Yield the addresses behind their number, which ends the options (Exim specification, chapter 56)."""
    lines = envelope.split(b"\n")
    count = next((place for place in range(len(lines) - 1, -1, -1) if lines[place].strip().isdigit()), None)
    if count is not None:
        yield from (_text(line).strip() for line in lines[count + 1 :] if b"@" in line)


def _exim_fields(text: bytes) -> Iterator[bytes]:
    at = 0
    while found := _EXIM_FIELD.match(text, at):
        end = found.end() + int(found["length"])
        if found["flag"] != _EXIM_DELETED:
            yield text[found.end() : end]
        at = end


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
