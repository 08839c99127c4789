"""Received-header forensics: read the chain, judge the relay, prove it over many messages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headertrace.bounces import read_bounce
    from headertrace.cases.case import Case
    from headertrace.cases.correlate import correlate
    from headertrace.corpus.scan import scan
    from headertrace.facts import Facts
    from headertrace.received.hop import Auth, Hop, Remark, Tls, Unread
    from headertrace.received.read import read_hop
    from headertrace.reports.view import report
    from headertrace.tables.frames import to_frame
    from headertrace.trace.admd import Admd
    from headertrace.trace.trace import Trace, read_trace
    from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis, Relay, Source
    from headertrace.verdict.examine import examine
    from headertrace.vocabulary import Confidence, RdnsStatus, Scenario, Span

__version__ = "0.1.0"

# Each name's home, imported when the name is first used (PEP 562): a program that needs one part of the
# package does not wait for the others, nor `--help` for any.
_HOMES = {
    "Admd": "headertrace.trace.admd",
    "Auth": "headertrace.received.hop",
    "Case": "headertrace.cases.case",
    "Confidence": "headertrace.vocabulary",
    "Evidence": "headertrace.verdict.examination",
    "Examination": "headertrace.verdict.examination",
    "Facts": "headertrace.facts",
    "Finding": "headertrace.verdict.examination",
    "Hop": "headertrace.received.hop",
    "Hypothesis": "headertrace.verdict.examination",
    "RdnsStatus": "headertrace.vocabulary",
    "Relay": "headertrace.verdict.examination",
    "Remark": "headertrace.received.hop",
    "Scenario": "headertrace.vocabulary",
    "Source": "headertrace.verdict.examination",
    "Span": "headertrace.vocabulary",
    "Tls": "headertrace.received.hop",
    "Trace": "headertrace.trace.trace",
    "Unread": "headertrace.received.hop",
    "correlate": "headertrace.cases.correlate",
    "examine": "headertrace.verdict.examine",
    "read_bounce": "headertrace.bounces",
    "read_hop": "headertrace.received.read",
    "read_trace": "headertrace.trace.trace",
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


# Type checkers have the imports above: with this they would take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module 'headertrace' has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
