"""A view as lines of text: single messages, many messages, cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from headertrace.reports.gallery import NOTHING, draw_cases, draw_tally
from headertrace.reports.lines import DIM, GOOD, HEAD, NAME, Lines, labelled
from headertrace.reports.text import examination_text, trace_text
from headertrace.trace.trace import Trace

if TYPE_CHECKING:
    from headertrace.reports.many import Tally
    from headertrace.reports.view import View

# Messages told in full on a terminal; the table above them lists more.
MOST_FULL_TEXT = 3
MOST_TABLE_ROWS = 20
BAR = 20


def lines(view: View) -> Lines:
    """Yield the lines of a view."""
    many = view.tally is not None and view.tally.total > 1
    if view.tally is not None and many:
        yield from tally_text(view.tally)
    for message in view.shown_in_full[: MOST_FULL_TEXT if many else None]:
        yield from trace_text(message) if isinstance(message, Trace) else examination_text(message)
        yield 0, Text()
    if view.cases or not view.shown_in_full:
        yield from cases_text(view)


def tally_text(tally: Tally) -> Lines:
    """Yield the lines of many messages counted."""
    shown = draw_tally(tally)
    yield 0, Text(f"{shown['total']} messages", style=HEAD)
    yield from _facts(shown["facts"])
    yield from _groups(shown["groups"])
    yield 0, Text(shown["listed"], style=HEAD)
    for row in shown["rows"][:MOST_TABLE_ROWS]:
        yield 2, Text(f"{row['name']}: {row['verdict']} ({row['confidence']}), misuse: {row['misuse']}")
    yield 0, Text()


def cases_text(view: View) -> Lines:
    """Yield the lines of cases."""
    shown = draw_cases(view.cases)
    if not shown["cases"]:
        yield 0, Text(NOTHING)
    for case in shown["cases"]:
        yield from _case(case)
    if shown["more"]:
        yield 0, Text(f"{shown['more']} more cases are not drawn.")


def _case(case: Mapping[str, Any]) -> Lines:
    yield 0, Text.assemble((f"{case['title']}: ", HEAD), (case["relay"], NAME))
    yield 2, Text.assemble("Sure: ", (str(case["confidence"] or "not supported"), HEAD))
    yield from _facts(case["facts"])
    for sign, style, reasons in (("+", GOOD, case["reasons"]), ("-", "red", case["confounders"])):
        for reason in reasons:
            yield 2, labelled(sign, reason, style=style, width=1)
    yield from _groups(case["groups"])


def _facts(facts: Sequence[Any]) -> Lines:
    for line in facts:
        yield 2, Text.assemble((f"{line.name}: ", DIM), line.value)


def _groups(groups: Sequence[Mapping[str, Any]]) -> Lines:
    for group in groups:
        if group["rows"]:
            yield 0, Text()
            yield 0, Text(group["title"], style=HEAD)
            yield from _bars(group["rows"])
    yield 0, Text()


def _bars(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Text]]:
    for row in rows:
        bar = "#" * round(row["share"] * BAR / 100)
        yield 2, Text(f"{row['count']:>8} {bar:<{BAR}} {row['name']}", no_wrap=True, overflow="ellipsis")
