"""What the page shows of one message: every value chosen, worded and bounded; templates only place it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from zlib import crc32

from headertrace.message.section import Field
from headertrace.received.hop import Hop
from headertrace.reports import legs, summary, timeline
from headertrace.reports.escape import one_line
from headertrace.reports.excerpt import by_source, heaviest_first, marked_lines, pieces
from headertrace.reports.path import path
from headertrace.reports.stops import stops
from headertrace.reports.words import SCENARIOS, address, meanings, not_examined, relay, runners_up
from headertrace.signatures.catalogue import CATALOGUE
from headertrace.trace.trace import Originating, Trace
from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis

Shown = Mapping[str, Any]
# A page that nobody scrolls to its end helps nobody; JSON holds all.
MOST_FINDINGS = 60
MOST_DEFECTS = 50
# The header as it came: an honest one is far below.
HEADER_LIMIT = 32 * 1024


def draw_examination(judged: Examination, place: int = 0) -> Shown:
    """Return what the page shows of a judged message; ``place`` counts the messages on the page."""
    shown = heaviest_first(judged.findings)[:MOST_FINDINGS]
    misused = judged.verdict.relay
    name = identity(judged.trace, place)
    links = {id(one): f"{name}-finding-{number}" for number, one in enumerate(shown)}
    return {
        **_draw(judged.trace, name, shown, links, judged.verdict),
        "where": one_line(judged.source.path or "", 300),
        "verdict": {**_story(judged.verdict), "relay": misused and (relay(misused) or "not told")},
        "misuse": judged.misuse,
        "meanings": meanings(judged),
        "runners_up": runners_up(judged),
        "findings": [_finding(judged.trace, one, links) for one in shown],
        "more_findings": len(judged.findings) - len(shown),
        "hypotheses": [_story(one) for one in _listed(judged)],
        "evidence": list(_evidence(judged, shown, links)),
        "unlisted": ", ".join(_unlisted(judged)),
        "not_examined": not_examined(judged),
    }


def draw_trace(trace: Trace, place: int = 0) -> Shown:
    """Return what the page shows of a chain: all that needs no judgement."""
    return _draw(trace, identity(trace, place), (), legs.NO_LINKS, None)


def _draw(
    trace: Trace, name: str, findings: tuple[Finding, ...], links: legs.Links, verdict: Hypothesis | None
) -> Shown:
    drawn = path(trace, findings)
    head = summary.letter_head(trace.section)
    return {
        "id": name,
        "subject": next((line.value for line in head if line.name.lower() == "subject"), "No subject"),
        "letter_head": [line for line in head if line.name.lower() != "subject"],
        "stops": stops(trace, drawn, verdict),
        "legs": legs.draw_legs(trace, drawn, links, verdict),
        "originating": [_originating(item) for item in trace.originating[:MOST_DEFECTS]],
        **timeline.draw(trace, drawn),
        "filters": summary.filter_reports(trace.section),
        "authentication": summary.authentication(trace.section),
        "others": summary.others(trace.section),
        "defects": _defects(trace),
        "header": pieces(trace.section.raw, (), HEADER_LIMIT),
        **dict.fromkeys(("where", "verdict", "findings", "hypotheses", "evidence", "not_examined")),
    }


def identity(trace: Trace, place: int) -> str:
    """Return a word that tells this message's parts from another's on the same page or notebook."""
    return f"m{crc32(trace.section.raw):08x}-{place}"


def _originating(item: Originating) -> summary.Line:
    where = address(item.ip) or "no address"
    return summary.Line(name=one_line(item.field.name), value=where, meaning=one_line(item.written_by, 300))


def _defects(trace: Trace) -> list[summary.Line]:
    found = [("header", defect) for defect in trace.defects[:MOST_DEFECTS]]
    for number, hop in enumerate(trace.hops[:MOST_DEFECTS], 1):
        found += [(f"hop {number}", defect) for defect in hop.defects]
    return [
        summary.Line(name=where, value=str(defect.kind), meaning=one_line(defect.note, 200))
        for where, defect in found[:MOST_DEFECTS]
    ]


def _story(item: Hypothesis) -> dict[str, Any]:
    name, story = SCENARIOS[item.scenario]
    return {
        "title": name,
        "story": story,
        "confidence": item.confidence,
        "refuted_by": item.refuted_by,
        "remedies": item.remedies,
        "notes": item.notes,
    }


def _listed(judged: Examination) -> list[Hypothesis]:
    return [item for item in judged.hypotheses if item.confidence is not None]


def _evidence(judged: Examination, findings: Iterable[Finding], links: legs.Links) -> Iterator[Shown]:
    """Yield a row for each finding that bears on a listed story: for it, against it, or neither."""
    listed = _listed(judged)
    for finding in findings:
        sides = [_side(finding, item) for item in listed]
        if any(sides):
            yield {**legs.draw_flag(finding, links), "sides": sides}


def _side(finding: Finding, item: Hypothesis) -> str:
    if any(one is finding for one in item.supporting):
        return "for"
    return "against" if any(one is finding for one in item.opposing) else ""


def _unlisted(judged: Examination) -> list[str]:
    return [SCENARIOS[item.scenario][0] for item in judged.hypotheses if item.confidence is None]


def _finding(trace: Trace, finding: Finding, links: legs.Links) -> Shown:
    place = trace.position(finding.hop)
    return {
        **legs.draw_flag(finding, links),
        "summary": one_line(finding.summary, 400),
        "why": _notes().get(finding.id, {}).get("Why it matters", ""),
        "innocent": _notes().get(finding.id, {}).get("Innocent causes", ""),
        "direction": _direction(finding.weight),
        "number": None if place is None else place + 1,
        "places": [_place(source, group) for source, group in by_source(finding)],
    }


@cache
def _notes() -> Mapping[str, Mapping[str, str]]:
    return {signature.id: signature.notes for signature in CATALOGUE}


def _direction(weight: float) -> str:
    if not weight:
        return "tells stories apart, not misuse"
    return f"{abs(weight):.1f} bits {'towards' if weight > 0 else 'against'} misuse"


def _place(source: Hop | Field, group: list[Evidence]) -> Shown:
    name = "Received" if isinstance(source, Hop) else one_line(source.name, 80)
    parts = pieces(source, [(one.span, one.part) for one in group])
    return {"source": name, "parts": marked_lines(parts)}
