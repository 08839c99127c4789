"""Many messages, and cases, as the page and the terminal show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
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
# Nobody can tell whether it was messages or cases that there are none of.
NOTHING = "No message and no case was given: there is nothing to show."
# One bar is no life.
LEAST_DAYS = 2

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
        "link": identity(judged.trace, place) if place < MOST_FULL else "",
        "name": message_name(judged),
        "verdict": title(judged.verdict.scenario),
        "confidence": judged.verdict.confidence or "not supported",
        "misuse": judged.misuse or "nothing says so",
        "relay": relay_name(judged) or "",
        "hops": len(judged.trace.hops),
    }


def _life(first: datetime | None, last: datetime | None) -> list[Line]:
    pairs = (("First seen", first), ("Last seen", last))
    return [Line(name=name, value=moment(when)) for name, when in pairs if when is not None]


def draw_cases(cases: Sequence[Case]) -> Shown:
    """Return what the page shows of cases."""
    return {
        "cases": [draw_case(case) for case in cases[:MOST_CASES]],
        "more": len(cases) - len(cases[:MOST_CASES]),
        "nothing": NOTHING,
    }


def draw_case(case: Case) -> Shown:
    """Return what the page shows of one case."""
    return {
        "title": CASE_TITLES[case.kind],
        "relay": _relay(case) or "several relays",
        "confidence": case.confidence,
        "facts": list(_case_facts(case)),
        "reasons": [one_line(text, 400) for text in case.reasons],
        "confounders": [one_line(text, 400) for text in case.confounders],
        "groups": list(_groups(case)),
        "life": life(case),
        "samples": [one_line(text, 300) for text in case.samples[:MOST_SAMPLES]],
    }


def _relay(case: Case) -> str:
    where = f"[{case.relay_address}]" if case.relay_address else ""
    return " ".join(filter(None, (one_line(case.relay or ""), one_line(where))))


def _case_facts(case: Case) -> Iterator[Line]:
    yield Line(name="Messages", value=f"{case.messages:,}")
    if case.inner_address:
        yield Line(name="Inner address", value=one_line(case.inner_address))
    if case.recipients:
        yield Line(name="Recipients", value=f"{len(case.recipients):,}", meaning="different ones, at least")
    yield from _life(case.first_seen, case.last_seen)


def _groups(case: Case) -> Iterator[Shown]:
    counted = (
        ("Names announced (HELO)", case.helos),
        ("Senders, hashed", case.senders),
        ("Accounts, hashed", case.accounts),
        ("Clients", case.clients),
        ("Relays", case.relays),
        ("Zones of the Date field", case.zones),
    )
    for name, counts in counted:
        if counts:
            yield {"title": f"{name}: {len(counts):,}", "rows": rows(counts)}


def life(case: Case) -> list[Shown]:
    """Return a bar for each day with messages: its place and height in per cent."""
    days = {day: count for text, count in case.days.items() if (day := _day(text)) is not None}
    if len(days) < LEAST_DAYS:
        return []
    first, span = min(days), (max(days) - min(days)).days + 1
    width, largest = 100 / span, max(days.values())
    return [
        {
            "x": round((day - first).days * width, 2),
            "width": round(max(width * 0.8, 0.2), 2),
            "height": round(100 * count / largest, 1),
        }
        for day, count in sorted(days.items())
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
