"""Many messages, and cases, as the page and the terminal show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from headertrace.cases.case import Case, CaseKind
from headertrace.reports.drawing import identity
from headertrace.reports.escape import one_line
from headertrace.reports.many import MOST_FULL, Tally, message_name, relay_name, rows
from headertrace.reports.summary import Line
from headertrace.reports.words import moment, title
from headertrace.verdict.examination import Examination

Shown = Mapping[str, Any]
MOST_CASES = 100
MOST_SAMPLES = 20

CASE_TITLES = {
    CaseKind.OPEN_RELAY_NAT: "Open relay behind NAT",
    CaseKind.OPEN_RELAY_APPLIANCE: "Open relay behind an appliance",
    CaseKind.OPEN_RELAY: "Open relay",
    CaseKind.STOLEN_ACCOUNT: "Stolen account",
    CaseKind.HIJACKER: "One hijacker, many relays",
    CaseKind.CAMPAIGN: "Campaign",
}


def draw_tally(tally: Tally) -> Shown:
    """Return what the page shows of many messages."""
    kept = tally.kept
    whole = len(kept) == tally.total
    listed = "Messages, most suspicious first" if whole else f"The {len(kept)} most suspicious messages"
    return {
        "total": f"{tally.total:,}",
        "facts": _life(tally.first, tally.last),
        "groups": [
            {"title": "Verdict", "rows": rows(tally.verdicts)},
            {"title": "Misused by a stranger", "rows": rows(tally.misuse)},
            {"title": "Relay", "rows": rows(tally.relays)},
            {"title": "Finding", "rows": rows(tally.findings)},
        ],
        "listed": listed,
        "rows": [_row(judged, place) for place, judged in enumerate(kept)],
    }


def _row(judged: Examination, place: int) -> Shown:
    return {
        "link": identity(judged.trace) if place < MOST_FULL else "",
        "name": message_name(judged),
        "verdict": title(judged.verdict.scenario),
        "confidence": judged.verdict.confidence or "not supported",
        "misuse": judged.misuse or "nothing says so",
        "relay": relay_name(judged) or "",
        "hops": len(judged.trace.hops),
    }


def _life(first: Any, last: Any) -> list[Line]:
    pairs = (("First seen", first), ("Last seen", last))
    return [Line(name=name, value=moment(when)) for name, when in pairs if when is not None]


def draw_cases(cases: Sequence[Case]) -> Shown:
    """Return what the page shows of cases."""
    return {
        "cases": [draw_case(case) for case in cases[:MOST_CASES]],
        "more": len(cases) - len(cases[:MOST_CASES]),
    }


def draw_case(case: Case) -> Shown:
    """Return what the page shows of one case."""
    inner = [Line(name="Inner address", value=one_line(case.inner_address))] if case.inner_address else []
    counted = (
        ("Names announced (HELO)", case.helos),
        ("Sender domains", case.senders),
        ("Zones of the Date field", case.zones),
        ("Recipients (hashed)", case.recipients),
    )
    return {
        "title": CASE_TITLES[case.kind],
        "relay": one_line(case.relay or "no single relay"),
        "confidence": case.confidence,
        "facts": [
            Line(name="Messages", value=f"{case.messages:,}"),
            *inner,
            *_life(case.first_seen, case.last_seen),
        ],
        "reasons": [one_line(text, 400) for text in case.reasons],
        "confounders": [one_line(text, 400) for text in case.confounders],
        "groups": [{"title": f"{name}: {len(counts):,}", "rows": rows(counts)} for name, counts in counted],
        "samples": [one_line(text, 300) for text in case.samples[:MOST_SAMPLES]],
    }
