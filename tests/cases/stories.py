"""Messages of made-up stories: a relay, its clients, what they claim."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.data import FIXTURES

STORIES = FIXTURES / "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Several messages of one group of senders; lists are gone through in turn.

    A login without @ is marked and not named; servers name the recipient unless ``named`` is false.
    ``program`` is what the writer's program adds to its ids, ``left`` the machine that lets the mail out
    where it is of another house than the relay. What is ``stored`` was put into a mailbox there.
    """

    count: int
    client: list[str]
    helo: list[str]
    sender: list[str]
    to: list[str] = field(default_factory=lambda: ["someone@victim.example"])
    reply: list[str] = field(default_factory=lambda: [""])
    subject: list[str] = field(default_factory=lambda: ["Order"])
    zone: list[str] = field(default_factory=lambda: ["+0300"])
    login: str = ""
    relay: list[str] = field(default_factory=lambda: ["mail.corp.example 192.0.2.25"])
    program: list[str] = field(default_factory=lambda: ["x"])
    left: str = ""
    inner: str = ""
    conversation: bool = False
    stored: bool = False
    named: bool = True

    def messages(self, group: int) -> Iterator[bytes]:
        """The header sections of the group."""
        names = ("client", "helo", "sender", "to", "reply", "subject", "zone", "relay", "program")
        turns = zip(*(cycle(getattr(self, name)) for name in names), strict=False)
        for number, turn in enumerate(islice(turns, self.count)):
            yield self._message(group * 1_000 + number, dict(zip(names, turn, strict=True)))

    def _message(self, number: int, one: dict[str, str]) -> bytes:
        name, address = one["relay"].split()
        left = self.left or name
        protocol = "ESMTPA" if self.login else "ESMTP"
        login = f" (Authenticated sender: {self.login})" if "@" in self.login else ""
        recipient = one["to"] or "list@victim.example"
        day, clock = 1 + number % 27, f"{number % 24:02d}:{number % 60:02d}"
        named = f"\n\tfor <{recipient}>" if self.named else ""
        entry = (
            f"from {one['helo']} (unknown [{one['client']}]){login}\n\tby {self.inner or name} (Postfix) with"
            f" {protocol} id {number:08X}{named}; Fri, {day} Mar 2024 {clock}:10 +0300 (MSK)"
        )
        middle = (
            f"Received: from {self.inner} (unknown [192.168.1.5])\n\tby {name} (Postfix) with ESMTP id"
            f" {number:08X}\n\tfor <{recipient}>; Fri, {day} Mar 2024 {clock}:11 +0300 (MSK)\n"
        )
        last = (
            f"Received: from {left} ({left} [{address}])\n\tby mx.victim.example (Postfix) with ESMTPS id"
            f" {number:09X}\n\tfor <{recipient}>; Fri, {day} Mar 2024 {clock}:12 +0300"
        )
        lines = [
            f"Return-Path: <{one['sender']}>" if self.stored else last,
            middle.rstrip("\n") if self.inner else "",
            f"Received: {entry}",
            f"From: <{one['sender']}>",
            f"To: <{one['to']}>" if one["to"] else "",
            f"Reply-To: <{one['reply']}>" if one["reply"] else "",
            f"Subject: {one['subject']} {number}",
            f"Date: Fri, {day} Mar 2024 {clock}:00 {one['zone']}",
            f"Message-ID: <{number}.{one['program']}@{one['helo'].strip('[]')}>",
            "In-Reply-To: <earlier@victim.example>" if self.conversation else "",
        ]
        return "\n".join(filter(None, lines)).encode() + b"\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, why it matters, the cases that must come out, and how many join relays (None: any)."""

    why: str
    mails: list[Mail]
    expect: list[dict[str, Any]]
    joins: int | None = None

    def messages(self) -> list[bytes]:
        """The header sections of the whole story."""
        return [raw for group, mail in enumerate(self.mails) for raw in mail.messages(group)]


def read_stories(folder: Path = STORIES) -> list[Story]:
    """All stories, in the order of their files."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return [
        Story(
            why=one["why"],
            mails=[Mail(**mail) for mail in one["mail"]],
            expect=one.get("expect", []),
            joins=one.get("joins"),
        )
        for table in tables
        for one in table["story"]
    ]
