"""Received-header forensics: read the chain, judge the relay, prove it over many messages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headertrace.bounces import read_bounce
    from headertrace.bounces.bounce import Bounce
    from headertrace.cases.case import Case, CaseKind
    from headertrace.cases.correlate import correlate
    from headertrace.corpus.scan import scan
    from headertrace.defects import Defect, DefectKind
    from headertrace.facts import Facts, HopScope, Iprev, Listed, ListingFact, NetworkFact, ReverseFact
    from headertrace.message.section import Field, HeaderSection
    from headertrace.received.hop import Auth, Hop, Remark, Tls, Unread
    from headertrace.received.read import read_hop
    from headertrace.reports.view import View, report
    from headertrace.tables.frames import to_frame
    from headertrace.trace.admd import Admd
    from headertrace.trace.clocks import ClockFault, WrongClock
    from headertrace.trace.continuity import Break, BreakKind
    from headertrace.trace.originating import Originating
    from headertrace.trace.origins import Origin
    from headertrace.trace.tellers import Told
    from headertrace.trace.trace import Trace, read_trace
    from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis, Relay, Source
    from headertrace.verdict.examine import examine
    from headertrace.vocabulary import Confidence, NetworkReason, RdnsStatus, Scenario, Span

__version__ = "0.1.0"

# Each name's home, imported when the name is first used (PEP 562): a program that needs one part of the
# package does not wait for the others, nor `--help` for any.
_HOMES = {
    "Admd": "headertrace.trace.admd",
    "Auth": "headertrace.received.hop",
    "Bounce": "headertrace.bounces.bounce",
    "Break": "headertrace.trace.continuity",
    "BreakKind": "headertrace.trace.continuity",
    "Case": "headertrace.cases.case",
    "CaseKind": "headertrace.cases.case",
    "ClockFault": "headertrace.trace.clocks",
    "Confidence": "headertrace.vocabulary",
    "Defect": "headertrace.defects",
    "DefectKind": "headertrace.defects",
    "Evidence": "headertrace.verdict.examination",
    "Examination": "headertrace.verdict.examination",
    "Facts": "headertrace.facts",
    "Field": "headertrace.message.section",
    "Finding": "headertrace.verdict.examination",
    "HeaderSection": "headertrace.message.section",
    "Hop": "headertrace.received.hop",
    "HopScope": "headertrace.facts",
    "Hypothesis": "headertrace.verdict.examination",
    "Iprev": "headertrace.facts",
    "Listed": "headertrace.facts",
    "ListingFact": "headertrace.facts",
    "NetworkFact": "headertrace.facts",
    "NetworkReason": "headertrace.vocabulary",
    "Origin": "headertrace.trace.origins",
    "Originating": "headertrace.trace.originating",
    "RdnsStatus": "headertrace.vocabulary",
    "Relay": "headertrace.verdict.examination",
    "Remark": "headertrace.received.hop",
    "ReverseFact": "headertrace.facts",
    "Scenario": "headertrace.vocabulary",
    "Source": "headertrace.verdict.examination",
    "Span": "headertrace.vocabulary",
    "Tls": "headertrace.received.hop",
    "Told": "headertrace.trace.tellers",
    "Trace": "headertrace.trace.trace",
    "Unread": "headertrace.received.hop",
    "View": "headertrace.reports.view",
    "WrongClock": "headertrace.trace.clocks",
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
    "Bounce",
    "Break",
    "BreakKind",
    "Case",
    "CaseKind",
    "ClockFault",
    "Confidence",
    "Defect",
    "DefectKind",
    "Evidence",
    "Examination",
    "Facts",
    "Field",
    "Finding",
    "HeaderSection",
    "Hop",
    "HopScope",
    "Hypothesis",
    "Iprev",
    "Listed",
    "ListingFact",
    "NetworkFact",
    "NetworkReason",
    "Origin",
    "Originating",
    "RdnsStatus",
    "Relay",
    "Remark",
    "ReverseFact",
    "Scenario",
    "Source",
    "Span",
    "Tls",
    "Told",
    "Trace",
    "Unread",
    "View",
    "WrongClock",
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
