"""Headers made up of the fields that software writes, with addresses and networks of every kind."""

from __future__ import annotations

import re
import tomllib
from random import Random

import headertrace as ht
from tests.data import FIXTURES

FIELDS = [
    case["field"].strip()
    for path in sorted((FIXTURES / "received").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
    if case["field"].strip() and not re.search(r"[\n\0]", case["field"])
]
IPV4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])")
IPV6 = re.compile(r"(?i)(?<![\w:.])2001:db8:[0-9a-f:]*[0-9a-f](?![\w:.])")
ADDRESSES4 = [
    "127.0.0.1",
    "10.0.0.5",
    "172.16.9.9",
    "192.168.1.1",
    "169.254.1.1",
    "100.64.3.3",
    "192.0.2.7",
    "192.0.2.25",
    "192.0.2.130",
    "198.51.100.4",
    "203.0.113.9",
]
ADDRESSES6 = ["2001:db8::7", "2001:db8:1::1", "fe80::1", "::1", "2001:DB8:0:0:0:0:0:9"]
NETWORKS = [
    "192.0.2.0/24",
    "192.0.2.",
    "192.0.2.7",
    "!192.0.2.7",
    "192.0.2.128/25",
    "10/8",
    "!10.0.0.5",
    "198.51.100/24",
    "!198.51.100.4",
    "2001:db8::/32",
    "!2001:db8:1::/64",
    "[2001:db8::]/64",
    "203.0.113.9",
    "fe80::1%eth0",
    "0/0",
    "!0/0",
    "::ffff:192.0.2.0/120",
]
ORIGINATING = [
    "X-Originating-IP: [{}]",
    "X-AOL-IP: {}",
    "X-Yahoo-Post-IP: {} (proxy)",
    "X-SenderIP: {}, 10.9.9.9",
]


def made_up(random: Random) -> bytes:
    """Return a header of fields that software writes, with addresses of every kind."""
    lines = ["Received: " + _elsewhere(random, random.choice(FIELDS)) for _ in range(random.randint(0, 8))]
    for _ in range(random.choice([0, 0, 1, 2])):
        told = random.choice(ORIGINATING).format(random.choice(ADDRESSES4 + ADDRESSES6))
        lines.insert(random.randint(0, len(lines)), told)
    return "\n".join([*lines, "Subject: x", "", ""]).encode("latin-1", "replace")


def _elsewhere(random: Random, field: str) -> str:
    field = IPV4.sub(lambda _: random.choice(ADDRESSES4), field)
    return IPV6.sub(lambda _: random.choice(ADDRESSES6), field)


def networks(random: Random) -> ht.Admd | None:
    """Return networks that fit each other, or none."""
    while random.random() > 0.1:
        trusted = random.sample(NETWORKS, random.randint(1, 5))
        internal = random.sample(trusted, 1) if random.random() < 0.5 else None
        submission = random.sample(trusted, 1) if random.random() < 0.5 else None
        try:
            return ht.Admd(trusted=trusted, internal=internal, submission=submission)
        except ValueError:
            continue
    return None
