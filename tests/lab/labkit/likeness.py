"""Which scenarios no header tells apart: equal messages once ids, dates and addresses are made equal.

Letters come in pairs: the letter n for a relay is the same in every scenario. So two scenarios
are alike for a relay if every letter that both sent arrived with the same header.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import combinations
from pathlib import Path

import headertrace

ADDRESS = re.compile(r"(?i)(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:IPv6:)?[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:])")
TIMES = ("Date", "X-MIME-Autoconverted", "Resent-Date")
GENERATED = {"Message-Id", "Message-ID", "Message-ID-Hash", "X-Message-ID-Hash"}
BOUNDARY = re.compile(r'boundary="[^"]*"')
SHARED = ("192.168.", "172.18.", "10.42.", "fd00:", "127.", "::1")
FEWEST_PAIRS = 2  # equal letters that a claim of likeness rests on
SPAN_PARTS = ("id", "date", "port")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message of the laboratory with its truth."""

    path: Path
    raw: bytes
    truth: Mapping[str, object]

    @property
    def scenario(self) -> str:
        """The scenario that it was made in."""
        return str(self.truth["scenario"])

    @property
    def relay(self) -> str:
        """The relay's program."""
        return str(self.truth["relay_mta"])

    @property
    def pair(self) -> tuple[str, str]:
        """What two messages share that hold the same letter, sent by the same program."""
        return str(self.truth.get("letter")), str(self.truth.get("client"))


def read_folder(folder: Path) -> list[Message]:
    """Return every message of a folder of the laboratory that really was sent."""
    found = []
    for path in sorted(folder.glob("*/*.eml")):
        truth = json.loads(path.with_suffix(".json").read_text())
        found.append(Message(path=path, raw=path.read_bytes(), truth=truth))
    return found


def normalised(message: Message, *, addresses: bool) -> tuple[str, ...]:
    """Return the header's fields with ids, dates and generated words made equal.

    With ``addresses`` every address becomes the word private or public too.
    """
    trace = headertrace.read_trace(message.raw)
    hops = iter(reversed(trace.hops))
    lines = []
    for field in trace.section.fields:
        name, value = field.name, field.value.decode("latin-1")
        if name.lower() == "received":
            value = _without_spans(next(hops))
        lines.append(f"{name}: {_equalised(message, name, value, addresses)}")
    return tuple(lines)


def _without_spans(hop: headertrace.Hop) -> str:
    text = hop.raw.decode("latin-1")
    spans = [(part, hop.spans[part]) for part in SPAN_PARTS if part in hop.spans]
    for part, span in sorted(spans, key=lambda item: item[1], reverse=True):  # type: ignore[arg-type]
        start, end = span
        text = f"{text[:start]}<{part}>{text[end:]}"  # type: ignore[misc]
    return text


def _equalised(message: Message, name: str, value: str, addresses: bool) -> str:
    if name in TIMES:
        return "<date>"
    value = " ".join(value.split()).replace(str(message.truth.get("id")), "<letter>")
    value = BOUNDARY.sub("<boundary>", value)
    if name in GENERATED and "<letter>" not in value:
        return "<generated>"
    own = str(message.truth.get("helo"))
    if own.startswith("["):
        value = value.replace(own, "[own address]").replace(own.strip("[]"), "own address")
    return ADDRESS.sub(_kind, value) if addresses else value


def _kind(found: re.Match[str]) -> str:
    try:
        text = str(ip_address(found[0].removeprefix("IPv6:")))
    except ValueError:
        return found[0]
    return "<private>" if text.removeprefix("::ffff:").startswith(SHARED) else "<public>"


def alike(messages: Iterable[Message], *, addresses: bool) -> dict[tuple[str, str], list[str]]:
    """Return the pairs of scenarios of different truth that are alike, with the relays they are alike for."""
    table: dict[str, dict[str, dict[tuple[str, str], tuple[str, ...]]]] = defaultdict(lambda: defaultdict(dict))
    stories: dict[str, tuple[object, object]] = {}
    for message in messages:
        table[message.relay][message.scenario][message.pair] = normalised(message, addresses=addresses)
        stories[message.scenario] = (message.truth["label"], message.truth["story"])
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for relay, scenarios in table.items():
        for one, other in combinations(sorted(scenarios), 2):
            if stories[one] != stories[other] and _all_equal(scenarios[one], scenarios[other]):
                found[one, other].append(relay)
    return dict(found)


def _all_equal(one: Mapping[tuple[str, str], tuple[str, ...]], other: Mapping[tuple[str, str], tuple[str, ...]]) -> bool:
    common = one.keys() & other.keys()
    return len(common) >= FEWEST_PAIRS and all(one[pair] == other[pair] for pair in common)
