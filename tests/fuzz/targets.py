"""What a fuzzer calls with any bytes: each target raises where a promise of docs/security.md is broken."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable

from headertrace import examine, read_trace
from headertrace.bounces import read_bounce
from headertrace.corpus.sources.item import InputError
from headertrace.corpus.sources.read import read_items
from headertrace.message.section import read_section
from headertrace.received.hop import Hop
from headertrace.received.read import read_by_rules, read_hop
from headertrace.reports.json import to_json
from headertrace.reports.view import report

from ..received.coverage import said_spans, unaccounted

# Names by which a source of messages may be known; the first octet of the fuzzer's text chooses.
ENDINGS = (
    "",
    ".eml",
    ".mbox",
    ".json",
    ".jsonl",
    ".gz",
    ".bz2",
    ".xz",
    ".zst",
    ".tar",
    ".zip",
    ".msg",
    ".parquet",
)


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


def section(data: bytes) -> None:
    """A message: its section gives the bytes back, each field stands where its span says and can be shown."""
    found = read_section(data)
    assert data.startswith(found.raw) or b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for field in found.fields:
        assert 0 <= field.span.start <= field.value_start <= field.span.end <= len(found.raw)
        assert found.text(field.name) is not None
    assert found.defects is not None


def trace(data: bytes) -> None:
    """A message: it is chained and judged, whatever it holds."""
    judged = examine(read_trace(data))
    assert judged.verdict.scenario is not None
    assert len(judged.trace.hops) == judged.trace.section.count("received")


def shown(data: bytes) -> None:
    """A message: what is shown of it holds no control character and no markup of the mail's."""
    judged = examine(read_trace(data))
    assert isinstance(json.loads(to_json(judged)), dict)
    view = report(judged)
    assert all(sign.isprintable() or sign in "\n " for sign in str(view))
    assert "<script" not in (view._repr_html_() or "").lower()


def bounce(data: bytes) -> None:
    """A message: as a bounce."""
    assert read_bounce(data).refusals is not None


def source(data: bytes) -> None:
    """A file of any kind: each message in it is read, what cannot be read is told."""
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ""
    with tempfile.NamedTemporaryFile(suffix=ending, dir=os.environ.get("FUZZ_MEMORY")) as file:
        file.write(data[1:])
        file.flush()
        for item in read_items([file.name]):
            assert isinstance(item, InputError) or isinstance(item.data, bytes)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (hop, section, trace, shown, bounce, source)
}
