"""A trace or an examination as plain data for JSON: names as the attributes, and the number of the schema."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from headertrace.cases.case import Case
from headertrace.message.section import HeaderSection
from headertrace.received.hop import Hop
from headertrace.trace.trace import Origin, Originating, Trace
from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis, Relay

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SCHEMA = 1

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
_VIEWS = ("trusted", "untrusted", "internal", "external", "claimed")


def to_json(what: Examination | Trace | Case | Hop) -> str:
    """Return one JSON object on one line, ASCII only."""
    return json.dumps({"schema": SCHEMA, **_top(what)}, allow_nan=False)


def _top(what: Examination | Trace | Case | Hop) -> dict[str, Plain]:
    if isinstance(what, Examination):
        return _Writer(what.trace).examination(what)
    if isinstance(what, Trace):
        return _Writer(what).trace(what)
    return _record(what)


def plain(value: object) -> Plain:
    """Return any of our values as JSON data: bytes as Latin-1, so that spans count characters."""
    if isinstance(value, (bytes, str)):
        return _text(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int)):
        return value
    return _compound(value)


def _text(value: bytes | str) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    # A lone surrogate is a byte that was no text: strict JSON readers refuse it; `raw` keeps the byte.
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _compound(value: object) -> Plain:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_text(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value)
    return str(value)


def _record(value: DataclassInstance, leave_out: tuple[str, ...] = ()) -> dict[str, Plain]:
    names = (field.name for field in fields(value) if not field.name.startswith("_"))
    return {name: plain(getattr(value, name)) for name in names if name not in leave_out}


class _Writer:
    """Writes hops once and refers to them by number: their place in ``trace.hops``.

    Numbers from ``len(trace.hops)`` on count on through ``trace.originating``.
    """

    def __init__(self, trace: Trace) -> None:
        """Number the hops and the fields of one trace."""
        hops = [*trace.hops, *(item.hop for item in trace.originating)]
        self.numbers = {id(hop): number for number, hop in enumerate(hops) if hop is not None}
        self.places = {field.span: place for place, field in enumerate(trace.section.fields)}

    def examination(self, judged: Examination) -> dict[str, Plain]:
        """Return every attribute of an Examination."""
        left = ("trace", "findings", "hypotheses", "verdict")
        return {
            **_record(judged, left),
            "verdict": self.hypothesis(judged.verdict),
            "findings": [self.finding(item) for item in judged.findings],
            "hypotheses": [self.hypothesis(item) for item in judged.hypotheses],
            "trace": self.trace(judged.trace),
        }

    def trace(self, trace: Trace) -> dict[str, Plain]:
        """Return every attribute of a Trace."""
        views = {name: plain([self.number(hop) for hop in getattr(trace, name)]) for name in _VIEWS}
        return {
            "hops": plain(trace.hops),
            "originating": [self.originating(item) for item in trace.originating],
            **views,
            "border": self.number(trace.border),
            "breaks": plain(trace.breaks),
            "delays": plain(trace.delays),
            "origin": self.origin(trace.origin),
            "admd": plain(trace.admd),
            "defects": plain(trace.defects),
            "section": self.section(trace.section),
        }

    def number(self, hop: Hop | None) -> int | None:
        """Return a hop's number."""
        return self.numbers.get(id(hop))

    def origin(self, origin: Origin | None) -> Plain:
        """Return the origin with its hop as a number."""
        return None if origin is None else {**_record(origin, ("hop",)), "hop": self.number(origin.hop)}

    def originating(self, item: Originating) -> Plain:
        """Return a vendor field's client address."""
        hop = None if item.hop is None else plain(item.hop)
        field: Plain = {"name": _text(item.field.name), "value": _text(item.field.value)}
        return {**_record(item, ("field", "hop")), "field": field, "hop": hop}

    def section(self, section: HeaderSection) -> Plain:
        """Return the header fields in the order of the message."""
        shown: list[Plain] = [
            {"name": _text(field.name), "value": _text(field.value)} for field in section.fields
        ]
        return {"fields": shown, "defects": plain(section.defects)}

    def hypothesis(self, item: Hypothesis) -> Plain:
        """Return a hypothesis; its evidence as the ids of findings."""
        special = ("supporting", "opposing", "relay")
        return {
            **_record(item, special),
            "supporting": [finding.id for finding in item.supporting],
            "opposing": [finding.id for finding in item.opposing],
            "relay": self.relay(item.relay),
        }

    def relay(self, relay: Relay | None) -> Plain:
        """Return the relay with its hop as a number."""
        if relay is None:
            return None
        return {**_record(relay, ("hop",)), "hop": self.number(relay.hop)}

    def finding(self, item: Finding) -> Plain:
        """Return a finding with the text that its evidence is."""
        special = ("hop", "evidence")
        return {
            **_record(item, special),
            "spans": plain(item.spans),
            "hop": self.number(item.hop),
            "evidence": [self.evidence(one) for one in item.evidence],
        }

    def evidence(self, item: Evidence) -> Plain:
        """Return where the evidence stands, and its characters."""
        source = item.source
        raw = source.raw if isinstance(source, Hop) else source.value
        place: dict[str, Plain] = (
            {"hop": self.number(source)}
            if isinstance(source, Hop)
            else {"field": self.places.get(source.span), "name": _text(source.name)}
        )
        return {**place, "part": item.part, "span": plain(item.span), "text": _text(raw[slice(*item.span)])}
