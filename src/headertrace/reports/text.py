"""A trace or an examination as text for a terminal of 80 columns."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from headertrace.reports.escape import one_line
from headertrace.reports.excerpt import by_source, heaviest_first, pieces, underlined
from headertrace.reports.lines import BAD, DIM, GOOD, HEAD, NAME, Lines, heading, labelled, sure
from headertrace.reports.summary import letter_head
from headertrace.reports.text_path import path_text, sign
from headertrace.reports.words import SCENARIOS, meanings, not_examined, relay, runners_up, title
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Examination, Finding, Hypothesis, Relay

# A terminal shows what matters; the rest stands in the JSON and HTML forms.
MOST_FINDINGS = 30
MOST_DEFECTS = 10
MOST_EXCERPT_LINES = 6
# Columns left free beside a line of evidence.
MARGIN = 2


def examination_text(judged: Examination) -> Lines:
    """Yield the lines of a judged message: verdict, path, findings, hypotheses."""
    yield from _letter_head(judged.trace, judged.source.path)
    yield from _verdict(judged)
    yield from path_text(judged.trace, judged.findings, judged.verdict)
    yield from _findings(judged)
    yield from _hypotheses(judged)
    yield from _margins(judged)


def trace_text(trace: Trace) -> Lines:
    """Yield the lines of a chain that was not judged."""
    yield from _letter_head(trace, None)
    yield from path_text(trace, (), None)


def _letter_head(trace: Trace, where: str | None) -> Lines:
    if where:
        yield 0, Text(one_line(where), style=HEAD)
    for line in letter_head(trace.section):
        yield 0, labelled(f"{line.name}:", one_line(line.value, 200), width=len(line.name) + 1)


def _verdict(judged: Examination) -> Lines:
    verdict = judged.verdict
    yield from heading("VERDICT")
    yield 2, _named(verdict)
    for sentence in filter(None, (SCENARIOS[verdict.scenario][1], runners_up(judged), *verdict.notes)):
        yield 2, Text(one_line(sentence, 400))
    yield 2, Text.assemble("Misused by a stranger: ", sure(judged.misuse))
    if verdict.relay is not None:
        yield 2, Text.assemble("Relay: ", (_relay(verdict.relay, judged.trace), NAME))
    for word, meaning in meanings(judged):
        yield 2, Text(f"{word}: {meaning}.", style=DIM)
    for remedy in verdict.remedies:
        yield 2, labelled("-", one_line(remedy, 400), width=1)


def _named(item: Hypothesis) -> Text:
    known = (": ", sure(item.confidence)) if item.confidence else ()
    return Text.assemble((title(item.scenario), HEAD), f" ({item.scenario})", *known)


def _relay(found: Relay, trace: Trace) -> str:
    place = trace.position(found.hop)
    return f"{relay(found) or 'not told'}{'' if place is None else f' (hop {place + 1})'}"


def _findings(judged: Examination) -> Lines:
    if judged.findings:
        yield from heading("FINDINGS, and the characters they rest on")
    for finding in heaviest_first(judged.findings)[:MOST_FINDINGS]:
        yield from _finding(judged.trace, finding)
    left = len(judged.findings) - MOST_FINDINGS
    if left > 0:
        yield 2, Text(f"... {left:,} more findings stand in the JSON form ...", style=DIM)


def _finding(trace: Trace, finding: Finding) -> Lines:
    place = trace.position(finding.hop)
    where = "" if place is None else f"  hop {place + 1}"
    weight = f"  {finding.weight:+.1f} bits" if finding.weight else ""
    mark, style = sign(finding)
    name = Text.assemble((finding.id, HEAD), f" {finding.name}{where}{weight}")
    yield 2, labelled(f"[{mark}]" if mark else "", name, style=style, width=3)
    yield 6, Text(one_line(finding.summary, 400))
    for source, group in by_source(finding):
        parts = pieces(source, [(one.span, one.part) for one in group])
        for line, below in [pair for pair in underlined(parts) if pair[1]][:MOST_EXCERPT_LINES]:
            yield 6, Marked(line, below)


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a field above the carets that mark its evidence; of a wider line, the part that is marked."""

    line: str
    below: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield both lines, as wide as they may be."""
        width = options.max_width - MARGIN
        start = self._first_column(width)
        cut = self.line[start : start + width]
        left, right = "…" if start else "", "…" if len(self.line) > start + width else ""
        yield Text(left + cut[len(left) : len(cut) - len(right)] + right, no_wrap=True, overflow="crop")
        yield Text(self.below[start : start + width], style=BAD, no_wrap=True, overflow="crop")

    def _first_column(self, width: int) -> int:
        if len(self.line) <= width:
            return 0
        first_mark = len(self.below) - len(self.below.lstrip())
        return max(0, first_mark - width // 4)


def _hypotheses(judged: Examination) -> Lines:
    listed = [item for item in judged.hypotheses if item.confidence is not None]
    if listed:
        yield from heading("HYPOTHESES, best first")
    for item in listed:
        yield 2, _named(item)
        yield 4, labelled("for", _ids(item.supporting), style=GOOD, width=7)
        yield 4, labelled("against", _ids(item.opposing), style=BAD, width=7)
        for sentence in item.refuted_by:
            yield 4, labelled("unless", one_line(sentence, 400), width=7)


def _ids(findings: tuple[Finding, ...]) -> str:
    return ", ".join(f"{finding.id} {finding.name}" for finding in findings) or "nothing"


def _margins(judged: Examination) -> Lines:
    yield 0, Text()
    if judged.not_examined:
        yield 0, Text(f"Not examined, facts missing: {not_examined(judged)}", style=DIM)
    kinds = dict.fromkeys(str(defect.kind) for defect in judged.trace.defects)
    if kinds:
        yield 0, Text(f"Departs from the rules: {', '.join(list(kinds)[:MOST_DEFECTS])}", style=DIM)
