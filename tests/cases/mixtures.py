"""Mixtures of the laboratory's messages: abuse and innocent office mail of one relay.

A mixture repeats messages of real servers. Rewritten is only what many messages would differ in: dates, ids,
recipients, and where a part says so the client's address, its HELO, the sender and the zone of Date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from itertools import cycle, islice
from typing import Any

from tests.cases.stories import STORIES

LAB = STORIES / "lab"
DATE = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
DATE_FIELD = re.compile(r"(?mi)^(Date: )(.+)$")
TRACE = re.compile(r"(?mi)^(?:Received|Message-ID): .*\n(?:[ \t].*\n)*")
MESSAGE_ID = re.compile(r"(?mi)^(Message-ID: <)")
REWRITTEN = ("client", "helo", "sender", "zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of one message of the laboratory."""

    helo: str
    sender: str
    recipient: str
    client: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Several messages of one group; lists are gone through in turn, an empty one changes nothing."""

    count: int
    message: list[str]
    client: list[str] = field(default_factory=list)
    helo: list[str] = field(default_factory=list)
    sender: list[str] = field(default_factory=list)
    zone: list[str] = field(default_factory=list)

    def messages(self, first: int) -> Iterator[bytes]:
        """The header sections of the group, numbered from ``first`` on."""
        turns = zip(*(cycle(getattr(self, name) or [""]) for name in REWRITTEN), strict=False)
        names = cycle(self.message)
        for number, turn in enumerate(islice(turns, self.count), first):
            yield rewritten(next(names), number, **dict(zip(REWRITTEN, turn, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What a relay let out, why it matters, and the cases that must come out of it."""

    why: str
    parts: list[Part]
    expect: list[dict[str, Any]]
    joins: int | None = None

    def messages(self) -> list[bytes]:
        """The header sections of the whole mixture."""
        return [raw for group, part in enumerate(self.parts) for raw in part.messages(1_000 * group)]


@cache
def truths() -> dict[str, Truth]:
    """What is true of each message of the laboratory."""
    table = tomllib.loads((LAB / "truth.toml").read_text("utf-8"))
    return {name: Truth(**one) for name, one in table.items()}


def rewritten(name: str, number: int, *, client: str, helo: str, sender: str, zone: str) -> bytes:
    """One message of the laboratory as the ``number``-th of a mixture; empty texts change nothing."""
    true = truths()[name]
    text = (LAB / f"{name}.eml").read_text("latin-1")
    text = TRACE.sub(lambda found: _word(found[0], true.helo, helo), text)
    text = _word(_word(text, true.client, client), true.sender, sender)
    text = text.replace(true.recipient, f"reader{number}@{true.recipient.partition('@')[2]}")
    text = MESSAGE_ID.sub(rf"\g<1>{number}.", text)
    text = DATE.sub(lambda found: _later(found[0], number), text)
    return (DATE_FIELD.sub(lambda found: found[1] + _in_zone(found[2], zone), text)).encode("latin-1")


def _word(text: str, old: str, new: str) -> str:
    """Replace a name or an address, but no part of a longer one."""
    return re.sub(rf"(?<![\w.-]){re.escape(old)}(?![\w-])", new, text) if new and old else text


def _later(date: str, number: int) -> str:
    return format_datetime(parsedate_to_datetime(date) + timedelta(hours=number % 500))


def _in_zone(date: str, zone: str) -> str:
    if not zone:
        return date
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    offset = timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))
    return format_datetime(parsedate_to_datetime(date).astimezone(offset))


def read_mixtures() -> list[Mixture]:
    """All mixtures, in the order of their files."""
    tables = [
        tomllib.loads(path.read_text("utf-8")) for path in sorted((STORIES / "mixtures").glob("*.toml"))
    ]
    return [
        Mixture(why=one["why"], parts=[Part(**part) for part in one["part"]], expect=one.get("expect", []))
        for table in tables
        for one in table["mixture"]
    ]
