"""Header sections to measure with: of real archives where the test data is at hand, and made ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from tests.data import DATA, FIXTURES, header_sections

ARCHIVES = {"spamassassin_public": 9347, "phishing_pot": 4608}
RECEIVED = re.compile(rb"(?mi)^received:")


@cache
def sample(count: int) -> tuple[bytes, ...]:
    """About so many header sections, evenly taken from two public archives; of the fixtures without them."""
    if not (DATA / "corpus").is_dir():
        found = [path.read_bytes() for path in sorted(FIXTURES.glob("messages/**/*.eml"))]
        return tuple(islice((message.split(b"\n\n")[0] + b"\n\n" for message in found * count), count))
    every = max(1, sum(ARCHIVES.values()) // count)
    return tuple(section for name in ARCHIVES for section in header_sections(name, every))


def count_received(messages: tuple[bytes, ...]) -> int:
    return sum(len(RECEIVED.findall(message)) for message in messages)


HOPS = (
    "Received: from mx{n}.transit.example (mx{n}.transit.example [198.51.{a}.{b}])\n"
    "\tby mx.victim.example (Postfix) with ESMTPS id {n:010X}\n"
    "\tfor <user{n}@victim.example>; {date} +0000 (UTC)\n",
    "Received: from host{n}.sender.example ([203.0.{a}.{b}] helo=host{n}.sender.example)\n"
    "\tby mx{n}.transit.example with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384\n"
    "\t(Exim 4.{v})\n\t(envelope-from <bounce-{n}@sender.example>)\n\tid 1{n:05d}-0001Ab-2C; {date} +0200\n",
    "Received: from pc{n}.lan.example (unknown [192.168.{a}.{b}])\n"
    "\tby host{n}.sender.example (8.17.{v}/8.17.{v}) with ESMTPSA id a1{n:010d}; {date} -0500 (EST)\n",
)
REST = (
    "From: <a{n}@sender.example>\nTo: <user{n}@victim.example>\nSubject: {n}\nMessage-ID: <{n}@x.example>\n\n"
)


def made(n: int, hops: int = len(HOPS)) -> bytes:
    """The n-th of endlessly many made messages: no two share a host, an address or an id."""
    date = f"Mon, {n % 28 + 1} Jan 2024 10:{n // 60 % 60:02d}:{n % 60:02d}"
    lines = (HOPS[at % len(HOPS)] for at in range(hops))
    facts = {"n": n, "a": n // 250 % 250, "b": n % 250, "v": n % 97, "date": date}
    return ("".join(lines) + REST).format(**facts).encode()


def endless(start: int = 0) -> Iterator[bytes]:
    while True:
        yield made(start)
        start += 1
