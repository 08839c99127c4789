"""The path of a message as lines of text, oldest hop first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from headertrace.reports.escape import one_line
from headertrace.reports.legs import hidden_client, hidden_reason, is_hidden_before, is_surely_hidden
from headertrace.reports.lines import BAD, DIM, GOOD, HEAD, NAME, Lines, heading, labelled
from headertrace.reports.path import Leg, Standing, path
from headertrace.reports.words import RDNS, address, client, duration, moment, server, software
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Finding, Hypothesis

_STANDING = {
    Standing.OURS: "seen by our own servers",
    Standing.BORDER: "handed over to us: the address is fact",
    Standing.CLAIMED: "claimed",
}


def path_text(trace: Trace, findings: Iterable[Finding], verdict: Hypothesis | None) -> Lines:
    """Yield the lines of the path: each hop, the trust boundary, hidden clients, breaks."""
    yield from heading("PATH, oldest first")
    legs = path(trace, findings)
    if not legs:
        yield 2, Text("No Received field: this header tells nothing about the way it came.")
    before = None
    for leg in legs:
        yield from _between(before, leg)
        before = leg.standing
        if is_hidden_before(trace, leg):
            style = BAD if is_surely_hidden(trace, verdict) else HEAD
            told = Text.assemble((f"{hidden_client(trace, verdict)}: ", style), hidden_reason(trace, verdict))
            yield 0, labelled(" ??", told, width=3)
        yield from _leg(leg)
    yield from _originating(trace)


def _between(before: Standing | None, leg: Leg) -> Lines:
    if leg.skipped:
        yield 4, Text(f"... {leg.skipped:,} more hops, not drawn ...", style=DIM)
    if leg.broken is not None:
        yield 0, labelled(" !!", Text.assemble(("break: ", BAD), one_line(leg.broken.summary, 300)), width=3)
    if before is Standing.CLAIMED and leg.standing is not Standing.CLAIMED:
        yield 0, Text("=== trust boundary: what is older may be invented ===", style=HEAD)


def _leg(leg: Leg) -> Lines:
    who = Text.assemble((client(leg.hop), NAME), _seen(leg))
    number = f"{leg.number:>3}"
    yield 0, labelled(number, who, style=HEAD, width=len(number))
    how = Text.assemble((server(leg.hop), NAME), f"  {_how(leg)}")
    yield 0, labelled(" ->", how, width=3)
    when = moment(leg.hop.date, leg.hop.zone_known)
    yield 4, Text.assemble(when, _delay(leg), (f"  {_STANDING[leg.standing]}", DIM))
    if leg.findings:
        yield 4, labelled("shows", Text(" ").join(_flag(one) for one in leg.findings), width=5)


def _flag(finding: Finding) -> Text:
    return Text.assemble(sign(finding), finding.id)


def sign(finding: Finding) -> tuple[str, str]:
    """Return a sign that tells for or against misuse a finding speaks, and its style."""
    if finding.weight > 0:
        return "!", BAD
    return ("-", GOOD) if finding.weight < 0 else ("", DIM)


def _seen(leg: Leg) -> str:
    hop = leg.hop
    private = " private" if leg.is_private else ""
    name = f"named {one_line(hop.rdns)}" if hop.rdns else ""
    parts = (address(hop.ip, hop.port) + private, name, RDNS[hop.rdns_status])
    return "".join(f"  {part}" for part in parts if part)


def _how(leg: Leg) -> str:
    hop = leg.hop
    auth = f"login {one_line(hop.auth.user or '')}".rstrip() if hop.auth else ""
    tls = (hop.tls.version or "TLS") if hop.tls else ""
    reason = f"no network hand-over: {hop.network_reason}" if not hop.network else ""
    protocol = None if (hop.protocol or "") in (hop.software or "") else hop.protocol
    shown = (protocol, software(hop), tls, auth, hop.id and f"id {hop.id}", reason)
    return ", ".join(one_line(part, 60) for part in shown if part)


def _delay(leg: Leg) -> tuple[str, str]:
    if leg.delay is None:
        return "", ""
    behind = " (a clock is wrong)" if leg.delay < 0 else ""
    return f"  {duration(leg.delay)}{behind}", BAD if behind else ""


def _originating(trace: Trace) -> Lines:
    for item in trace.originating:
        told = f"{one_line(item.field.name)}: {address(item.ip) or 'no address'}"
        line = Text.assemble((told, NAME), f"  written by {one_line(item.written_by, 200)}")
        yield 0, labelled("  *", line, width=3)
