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
from headertrace import Span
from headertrace.trace.addresses import is_private

ADDRESS = re.compile(
    r"(?i)(?<![\w.:])(?:(?:::ffff:)?\d{1,3}(?:\.\d{1,3}){3}|(?:IPv6:)?[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:])"
)
TIMES = ("Date", "X-MIME-Autoconverted", "Resent-Date")
GENERATED = {"Message-Id", "Message-ID", "Message-ID-Hash", "X-Message-ID-Hash"}
BOUNDARY = re.compile(r'boundary="[^"]*"')
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

    @property
    def announces_itself(self) -> bool:
        """Whether the client announced its own address, which gives a hidden stranger away."""
        return str(self.truth.get("helo")).startswith("[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two scenarios that no header tells apart, for which relays; ``proof`` is the oldest field of both."""

    one: str
    other: str
    relays: tuple[str, ...]
    proof: str


Header = tuple[str, ...]
Table = dict[str, dict[str, dict[tuple[str, str], Header]]]


def read_folder(folder: Path) -> list[Message]:
    """Return every message of a folder of the laboratory with its truth."""
    found = []
    for path in sorted(folder.glob("*/*.eml")):
        truth = json.loads(path.with_suffix(".json").read_text())
        found.append(Message(path=path, raw=path.read_bytes(), truth=truth))
    return found


def normalised(message: Message, *, addresses: bool) -> Header:
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
    spans = [(hop.spans[part], part) for part in SPAN_PARTS if part in hop.spans]
    for span, part in sorted(spans, reverse=True):
        if isinstance(span, Span):
            text = f"{text[: span.start]}<{part}>{text[span.end :]}"
    return text


def _equalised(message: Message, name: str, value: str, addresses: bool) -> str:
    if name in TIMES:
        return "<date>"
    value = " ".join(value.split()).replace(str(message.truth.get("id")), "<letter>")
    value = BOUNDARY.sub("<boundary>", value)
    if name in GENERATED and "<letter>" not in value:
        return "<generated>"
    return ADDRESS.sub(_kind, value) if addresses else value


def _kind(found: re.Match[str]) -> str:
    try:
        address = ip_address(re.sub(r"(?i)^(?:IPv6:)?(?:::ffff:)?", "", found[0]))
    except ValueError:
        return found[0]
    return "<private>" if is_private(address) else "<public>"


def alike(messages: Iterable[Message], *, addresses: bool, fewest: int = FEWEST_PAIRS) -> list[Likeness]:
    """Return the pairs of scenarios of different truth whose messages are alike, at least ``fewest`` each."""
    table: Table = defaultdict(lambda: defaultdict(dict))
    truths: dict[str, tuple[object, object]] = {}
    for message in messages:
        truths[message.scenario] = (message.truth["label"], message.truth["story"])
        if not message.announces_itself:
            header = normalised(message, addresses=addresses)
            table[message.relay][message.scenario][message.pair] = header
    found: dict[tuple[str, str], list[tuple[str, Header]]] = defaultdict(list)
    for relay, scenarios in table.items():
        for one, other in combinations(sorted(scenarios), 2):
            common = scenarios[one].keys() & scenarios[other].keys()
            equal = all(scenarios[one][pair] == scenarios[other][pair] for pair in common)
            if truths[one] != truths[other] and equal and len(common) >= fewest:
                found[one, other].append((relay, scenarios[one][min(common)]))
    return [_likeness(pair, proofs) for pair, proofs in sorted(found.items())]


def _likeness(pair: tuple[str, str], proofs: list[tuple[str, Header]]) -> Likeness:
    received = [line for line in proofs[0][1] if line.startswith("Received: ")]
    return Likeness(
        one=pair[0], other=pair[1], relays=tuple(relay for relay, _ in proofs), proof=received[-1]
    )
