"""Targets that read: a field, its parts, a header section, a chain, a bounce, a queue file, an answer."""

from __future__ import annotations

from contextlib import suppress

from headertrace import Admd, examine, read_trace
from headertrace.bounces import read_bounce
from headertrace.defects import DefectKind
from headertrace.lookups.answer import RecordType
from headertrace.lookups.dns import ask_for, read_answer
from headertrace.lookups.wire import echoes
from headertrace.message.queued import read_queued
from headertrace.message.section import read_section
from headertrace.received.address import read_address
from headertrace.received.comments import read_parts
from headertrace.received.hop import Hop
from headertrace.received.read import read_by_rules, read_hop
from headertrace.received.shields import shielded
from headertrace.received.stamp_time import read_time
from headertrace.reports.selfcheck import check_queued, entry_points

from ..received.coverage import said_spans, unaccounted

# The question that every answer of a resolver is held against.
QUESTION = ask_for("10.2.0.192.list.example", RecordType.A)


def hop(data: bytes) -> None:
    """One Received value: all is kept, all spans lie inside, nothing is dropped, both ways agree."""
    found = read_hop(data)
    assert found.raw == data
    assert all(0 <= span.start <= span.end <= len(data) for span in said_spans(found))
    assert all(0 <= defect.span.start <= defect.span.end <= len(data) for defect in found.defects)
    assert unaccounted(found) == []
    assert _said(found) == _said(read_by_rules(data, data.decode("latin-1")))


def _said(found: Hop) -> tuple[object, ...]:
    return tuple(getattr(found, name) for name in Hop.__dataclass_fields__)


def word(data: bytes) -> None:
    """Any text as comments, a date, an address and a network: parts lie inside, ValueError at most."""
    text = shielded(data.decode("latin-1"))
    for server in (False, True):
        parts = read_parts(text, 0, len(text), server=server)
        assert all(0 <= part.start <= part.end <= len(text) for part in parts)
    stamp = read_time(text)
    assert stamp is None or 0 <= stamp.span.start < stamp.span.end <= len(text)
    assert stamp is None or stamp.when is None or stamp.when.utcoffset() is not None
    address = read_address(text)
    with suppress(ValueError):
        Admd(trusted=text, names=text).trusts(address)


def section(data: bytes) -> None:
    """A message: its section gives the bytes back, each field stands where its span says and can be shown."""
    found = read_section(data)
    rewritten = {defect.kind for defect in found.defects} & {DefectKind.UTF16, DefectKind.PASTED}
    assert rewritten or data.startswith(found.raw)
    for field in found.fields:
        assert 0 <= field.span.start <= field.value_start <= field.span.end <= len(found.raw)
        assert found.text(field.name) is not None


def trace(data: bytes) -> None:
    """A message: it is chained and judged, whatever it holds, and every signature returns."""
    judged = examine(read_trace(data))
    assert judged.verdict.scenario is not None
    assert len(judged.trace.hops) == judged.trace.section.count("received")
    assert judged.failures == ()


def bounce(data: bytes) -> None:
    """A message: as a bounce."""
    found = read_bounce(data, Admd(names=["example.net"]))
    assert found.refusals is not None
    assert found.is_bounce or not found.refusals


def queue(data: bytes) -> None:
    """What a mail server keeps in its queue: each message comes in by one door."""
    checked = [check_queued(queued) for queued in read_queued(data)]
    assert sum(point.messages for point in entry_points(checked)) == len(checked)


def answer(data: bytes) -> None:
    """What a resolver sends: an answer or the reason why there is none, for whatever echoes the question."""
    if echoes(data, QUESTION.wire):
        found = read_answer(data, QUESTION, "192.0.2.53")
        assert found is None or found.failed == bool(found.reason)
