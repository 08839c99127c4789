"""Received-header forensics: read the chain, judge the relay, prove it over many messages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from headertrace.received.hop import Auth, Hop, Remark, Tls, Unread
from headertrace.received.read import read_hop
from headertrace.trace.admd import Admd
from headertrace.trace.trace import Trace, read_trace
from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis, Relay, Source
from headertrace.verdict.examine import examine
from headertrace.vocabulary import Confidence, RdnsStatus, Scenario, Span

if TYPE_CHECKING:
    from headertrace.bounces import read_bounce
    from headertrace.cases.case import Case
    from headertrace.cases.correlate import correlate
    from headertrace.corpus.scan import scan
    from headertrace.facts import Facts
    from headertrace.reports.view import report
    from headertrace.tables.frames import to_frame

__version__ = "0.1.0"

# Slow to import, rarely asked for on the hot path: loaded when first named (PEP 562).
_LAZY = {
    "Case": "headertrace.cases.case",
    "Facts": "headertrace.facts",
    "correlate": "headertrace.cases.correlate",
    "read_bounce": "headertrace.bounces",
    "report": "headertrace.reports.view",
    "scan": "headertrace.corpus.scan",
    "to_frame": "headertrace.tables.frames",
}

__all__ = [
    "Admd",
    "Auth",
    "Case",
    "Confidence",
    "Evidence",
    "Examination",
    "Facts",
    "Finding",
    "Hop",
    "Hypothesis",
    "RdnsStatus",
    "Relay",
    "Remark",
    "Scenario",
    "Source",
    "Span",
    "Tls",
    "Trace",
    "Unread",
    "__version__",
    "correlate",
    "examine",
    "read_bounce",
    "read_hop",
    "read_trace",
    "report",
    "scan",
    "to_frame",
]


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'headertrace' has no attribute {name!r}")
