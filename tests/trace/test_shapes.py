"""A chain is the same in whatever shape its header comes, and holds together in itself."""

from __future__ import annotations

import email
import email.policy
import pickle
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.made_up import made_up, networks

from headertrace import Admd, Hop, Trace, read_trace
from headertrace.vocabulary import NetworkReason, Span

EACH = 40
# fmt: off
SAID = [
    "helo", "rdns", "rdns_status", "ip", "port", "ident", "by", "by_ip", "software", "family", "via",
    "protocol", "id", "recipients", "envelope_from", "auth", "tls", "date", "zone_known", "network",
    "network_reason",
]
# fmt: on


def chains(seed: int) -> list[tuple[bytes, Admd | None]]:
    random = Random(seed)
    return [(made_up(random), networks(random)) for _ in range(EACH)]


def said(trace: Trace) -> list[Any]:
    """Return all that a chain tells, but for the very bytes."""
    views = (trace.hops, trace.trusted, trace.untrusted, trace.internal, trace.external, trace.claimed)
    return [
        *([[getattr(hop, name) for name in SAID] for hop in view] for view in views),
        trace.border_index,
        trace.delays,
        trace.zones,
        trace.domains,
        trace.breaks,
        trace.wrong_clocks,
        (trace.origin.hidden, trace.origin.reason),
        [(told.name, told.ip, told.received_below) for told in trace.originating],
    ]


def refolded(message: bytes, fold: bytes) -> bytes:
    """Return the message with every second blank of its Received fields folded."""
    return re.sub(
        rb"(?m)^Received: .*$",
        lambda field: re.sub(rb"(?<! ) (?! )([^ ]*) (?! )", rb" \1" + fold, field[0]),
        message,
    )


def every_line(before: bytes, message: bytes) -> bytes:
    return re.sub(rb"(?m)^(?=.)", before, message)


SHAPES: dict[str, Callable[[bytes], Any]] = {
    "CRLF": lambda message: message.replace(b"\n", b"\r\n"),
    "CR": lambda message: message.replace(b"\n", b"\r"),
    "CR CR LF": lambda message: message.replace(b"\n", b"\r\r\n"),
    "UTF-16": lambda message: message.decode("latin-1").encode("utf-16"),
    "a byte order mark": lambda message: b"\xef\xbb\xbf" + message,
    "blank lines in front": lambda message: b"\n\r\n" + message,
    "an mbox separator": lambda message: b"From ann@example.net Mon Jan  6 10:00:00 2025\n" + message,
    "no blank line at the end": lambda message: message.rstrip(b"\n"),
    "a body that speaks of hops": lambda message: message + b"Received: from a ([192.0.2.9]) by b\n" * 9,
    "fields of others above": lambda message: b"X-Spam-Score: 1\nDelivered-To: a@example.com\n" + message,
    "fields of others below": lambda message: message[:-1] + b"MIME-Version: 1.0\nARC-Seal: i=1; b=A\n\n",
    "folded by a tab": partial(refolded, fold=b"\n\t"),
    "folded by blanks": partial(refolded, fold=b"\n        "),
    "RECEIVED in capitals": lambda message: re.sub(rb"(?m)^Received:", b"RECEIVED :", message),
    "a bytearray": bytearray,
    "a message of the standard library": email.message_from_bytes,
    "one of its modern messages": partial(email.message_from_bytes, policy=email.policy.default),
}
# A copied header is known by the fields that servers put in front.
COPIES: dict[str, Callable[[bytes], Any]] = {
    "indented": partial(every_line, b"    "),
    "quoted": partial(every_line, b"> "),
    "the first line indented": lambda message: b" " + message,
    "a blank line behind every line": lambda message: message.replace(b"\n", b"\n\n"),
    "a page's words in front": lambda message: b"Look at this\n\n" + message,
}


@pytest.mark.parametrize("shape", [*SHAPES, *COPIES])
def test_the_shape_of_a_header_changes_nothing(shape: str) -> None:
    for message, admd in chains(len(shape)):
        if shape in COPIES and not message.startswith(b"Received:"):
            continue
        shaped = (SHAPES | COPIES)[shape](message)
        assert said(read_trace(shaped, admd)) == said(read_trace(message, admd)), message


def test_neither_a_file_nor_a_text_nor_another_process_changes_anything(tmp_path: Path) -> None:
    path = tmp_path / "message"
    for message, admd in chains(1):
        path.write_bytes(message)
        expected = read_trace(message, admd)
        text = message.decode("utf-8", "surrogateescape")
        assert read_trace(path, admd) == read_trace(text, admd) == expected
        assert said(pickle.loads(pickle.dumps(expected))) == said(expected)


def test_the_views_divide_the_hops() -> None:
    for message, admd in chains(2):
        trace = read_trace(message, admd)
        assert same(trace.untrusted + trace.trusted, trace.external + trace.internal), message
        assert set(map(id, trace.internal)) <= set(map(id, trace.trusted))
        if not any(hop.network_reason is NetworkReason.FETCH for hop in trace.hops):
            told = [hop for hop in trace.untrusted + trace.trusted if trace.position(hop) is None]
            assert same(trace.untrusted + trace.trusted, (*told, *trace.network_hops)), message


def same(some: tuple[Hop, ...], others: tuple[Hop, ...]) -> bool:
    """Return whether both hold the very same hops."""
    return sorted(map(id, some)) == sorted(map(id, others))


def test_every_view_stands_in_travel_order() -> None:
    for message, admd in chains(3):
        trace = read_trace(message, admd)
        for view in (trace.trusted, trace.untrusted, trace.internal, trace.external):
            # What is told elsewhere is older than every Received field.
            places = [-1 if (place := trace.position(hop)) is None else place for hop in view]
            assert places == sorted(places), message


def test_every_span_points_at_what_the_header_holds() -> None:
    for message, admd in chains(4):
        trace = read_trace(message, admd)
        for hop in trace.hops:
            field = trace.field_of(hop)
            assert field is not None
            assert field.value == hop.raw
            assert trace.section.raw[field.value_start :].startswith(hop.raw)
            assert all(0 <= span.start <= span.end <= len(hop.raw) for span in spans(hop))
        for told in trace.originating:
            assert told.hop is not None
            assert trace.section.raw[told.field.value_start :].startswith(told.hop.raw)


def spans(hop: Hop) -> list[Span]:
    found: list[Span] = []
    for place in hop.spans.values():
        found += [place] if isinstance(place, Span) else place
    return found
