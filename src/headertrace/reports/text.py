"""A trace, an examination or a case as text for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from headertrace.received.hop import Hop
from headertrace.reports.escape import one_line
from headertrace.reports.excerpt import pieces, underlined
from headertrace.reports.legs import hidden_reason, is_hidden_before
from headertrace.reports.path import Leg, Standing, path
from headertrace.reports.summary import letter_head
from headertrace.reports.words import (
    CONFIDENCE,
    RDNS,
    SCENARIOS,
    address,
    client,
    duration,
    moment,
    server,
    title,
)
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis, Relay

WIDTH = 80
# A terminal shows what matters; the rest stands in the JSON and HTML forms.
MOST_DEFECTS = 10
MOST_EXCERPT_LINES = 6

_HEAD, _GOOD, _BAD, _DIM, _NAME = "bold", "green", "bold red", "dim", "cyan"
_STANDING = {
    Standing.OURS: "seen by our own servers",
    Standing.BORDER: "handed over to us: the address is fact",
    Standing.CLAIMED: "claimed: may be invented",
}
Lines = Iterator[tuple[int, Text]]


def draw(lines: Iterable[tuple[int, Text]], *, width: int = WIDTH, colour: bool = False) -> str:
    """Return indented lines wrapped to the width, with colours as escape sequences where wanted."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 40),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for indent, line in lines:
        console.print(Padding(line, (0, 0, 0, indent)) if indent else line)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def examination_text(judged: Examination) -> Lines:
    """Yield the lines of a judged message: verdict, path, findings, hypotheses."""
    yield from _letter_head(judged.trace, judged.source.path)
    yield from _verdict(judged)
    yield from _path(judged.trace, judged.findings)
    yield from _findings(judged)
    yield from _hypotheses(judged)
    yield from _margins(judged)


def trace_text(trace: Trace) -> Lines:
    """Yield the lines of a chain that was not judged."""
    yield from _letter_head(trace, None)
    yield from _path(trace, ())


def _heading(text: str) -> Lines:
    yield 0, Text()
    yield 0, Text(text, style=_HEAD)


def _letter_head(trace: Trace, where: str | None) -> Lines:
    if where:
        yield 0, Text(one_line(where), style=_HEAD)
    for line in letter_head(trace.section):
        yield 0, Text.assemble((f"{line.name}: ", _DIM), one_line(line.value, 200))


def _verdict(judged: Examination) -> Lines:
    verdict = judged.verdict
    yield from _heading("VERDICT")
    yield 2, _named(verdict)
    yield 2, Text(SCENARIOS[verdict.scenario][1])
    misuse = _confidence(judged.misuse) if judged.misuse else "nothing says so"
    yield 2, Text.assemble("Misused by a stranger: ", misuse)
    if verdict.relay is not None:
        yield 2, Text.assemble("Relay: ", (_relay(verdict.relay, judged.trace), _NAME))
    for remedy in verdict.remedies:
        yield 2, Text(f"- {one_line(remedy, 400)}")


def _named(item: Hypothesis) -> Text:
    return Text.assemble((title(item.scenario), _HEAD), f" ({item.scenario}): ", _confidence(item.confidence))


def _confidence(confidence: object) -> tuple[str, str]:
    word = str(confidence) if confidence else "not supported"
    return word, {"likely": "bold yellow", "established": _BAD}.get(word, "")


def _relay(relay: Relay, trace: Trace) -> str:
    name = " ".join(filter(None, (one_line(relay.name or ""), address(relay.ip))))
    number = _number(trace, relay.hop)
    return f"{name or 'not told'}{f' (hop {number})' if number else ''}"


def _number(trace: Trace, wanted: Hop | None) -> int | None:
    place = trace.position(wanted)
    return None if place is None else place + 1


def _path(trace: Trace, findings: Iterable[Finding]) -> Lines:
    yield from _heading("PATH, oldest first")
    legs = path(trace, findings)
    if not legs:
        yield 2, Text("No Received field: this header tells nothing about the way it came.")
    standing = None
    for leg in legs:
        yield from _boundary(standing, leg)
        standing = leg.standing
        if is_hidden_before(trace, leg):
            yield 2, Text.assemble(("?? hidden client", _BAD), f": {hidden_reason(trace)}")
        yield from _leg(leg)
    yield from _originating(trace)


def _boundary(before: Standing | None, leg: Leg) -> Lines:
    if before is Standing.CLAIMED and leg.standing is Standing.BORDER:
        yield 0, Text("=== trust boundary: what stands above may be invented ===", style=_HEAD)
    if leg.skipped:
        yield 2, Text(f"... {leg.skipped:,} more hops, not drawn ...", style=_DIM)


def _leg(leg: Leg) -> Lines:
    if leg.broken is not None:
        yield 2, Text.assemble(("-- break --", _BAD), f" {one_line(leg.broken.summary, 300)}")
    yield 0, Text.assemble((f"{leg.number:>3} ", _HEAD), (client(leg.hop), _NAME), _seen(leg))
    yield 4, Text.assemble("-> ", (server(leg.hop), _NAME), f"  {_means(leg)}")
    yield (
        4,
        Text.assemble(
            moment(leg.hop.date, leg.hop.zone_known), _delay(leg), (f"  {_STANDING[leg.standing]}", _DIM)
        ),
    )
    for finding in leg.findings:
        yield 4, Text.assemble(_sign(finding), f" {finding.id} {one_line(finding.summary, 300)}")


def _seen(leg: Leg) -> str:
    hop = leg.hop
    private = " private" if leg.is_private else ""
    name = f"named {one_line(hop.rdns)}" if hop.rdns else ""
    parts = (address(hop.ip, hop.port) + private, name, RDNS[hop.rdns_status])
    return "".join(f"  {part}" for part in parts if part)


def _means(leg: Leg) -> str:
    hop = leg.hop
    auth = f"login {one_line(hop.auth.user or '')}".rstrip() if hop.auth else ""
    tls = (hop.tls.version or "TLS") if hop.tls else ""
    reason = f"no network hand-over: {hop.network_reason}" if not hop.network else ""
    family = hop.family if hop.family != "generic" else ""
    shown = (hop.protocol, hop.software or family, tls, auth, hop.id and f"id {hop.id}", reason)
    return ", ".join(one_line(part, 60) for part in shown if part)


def _delay(leg: Leg) -> tuple[str, str]:
    if leg.delay is None:
        return "", ""
    behind = " (a clock is wrong)" if leg.delay < 0 else ""
    return f"  {duration(leg.delay)}{behind}", _BAD if behind else ""


def _sign(finding: Finding) -> tuple[str, str]:
    if finding.weight > 0:
        return "[!]", _BAD
    return ("[ok]", _GOOD) if finding.weight < 0 else ("[i]", _DIM)


def _originating(trace: Trace) -> Lines:
    for item in trace.originating:
        told = f"{one_line(item.field.name)}: {address(item.ip) or 'no address'}"
        yield 0, Text.assemble(" *  ", (told, _NAME), f"  written by {one_line(item.written_by)}")


def _findings(judged: Examination) -> Lines:
    if not judged.findings:
        return
    yield from _heading("FINDINGS, and the characters they rest on")
    for finding in judged.findings:
        number = _number(judged.trace, finding.hop)
        where = f"  hop {number}" if number else ""
        yield (
            2,
            Text.assemble(
                _sign(finding),
                f" {finding.id} ",
                (finding.name, _HEAD),
                where,
                f"  {finding.weight:+.1f} bits",
            ),
        )
        yield 6, Text(one_line(finding.summary, 400))
        for evidence in finding.evidence:
            yield from _excerpt(evidence)


def _excerpt(evidence: Evidence) -> Lines:
    source = evidence.source
    raw = source.raw if isinstance(source, Hop) else source.value
    lines = [pair for pair in underlined(pieces(raw, [(evidence.span, "mark")])) if pair[1]]
    for line, below in lines[:MOST_EXCERPT_LINES]:
        yield from _marked(line, below)


def _marked(line: str, below: str) -> Lines:
    room = WIDTH - 8
    start = max(0, len(below) - len(below.lstrip()) - room // 4) if len(line) > room else 0
    yield 6, Text(line[start : start + room], no_wrap=True, overflow="crop")
    yield 6, Text(below[start : start + room], style=_BAD, no_wrap=True, overflow="crop")


def _hypotheses(judged: Examination) -> Lines:
    listed = [item for item in judged.hypotheses if item.confidence is not None]
    if not listed:
        return
    yield from _heading("HYPOTHESES, best first")
    for item in listed:
        yield from _hypothesis(item)


def _hypothesis(item: Hypothesis) -> Lines:
    yield (
        2,
        Text.assemble((title(item.scenario), _HEAD), f" ({item.scenario}): ", _confidence(item.confidence)),
    )
    yield 4, Text.assemble(("for     ", _GOOD), _ids(item.supporting))
    if item.opposing:
        yield 4, Text.assemble(("against ", _BAD), _ids(item.opposing))


def _ids(findings: tuple[Finding, ...]) -> str:
    return ", ".join(f"{finding.id} {finding.name}" for finding in findings) or "nothing"


def _margins(judged: Examination) -> Lines:
    if judged.not_examined:
        yield 0, Text()
        yield 0, Text(f"Not examined, facts missing: {', '.join(judged.not_examined)}", style=_DIM)
    kinds = dict.fromkeys(str(defect.kind) for defect in judged.trace.defects)
    if kinds:
        yield 0, Text(f"Departs from the rules: {', '.join(list(kinds)[:MOST_DEFECTS])}", style=_DIM)
    confidence = judged.verdict.confidence
    if confidence is not None:
        yield 0, Text(f"{confidence} = {CONFIDENCE[confidence]}", style=_DIM)
